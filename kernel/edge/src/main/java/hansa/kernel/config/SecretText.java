package hansa.kernel.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** Resolves {@code file:/path} and {@code env:NAME}, so that secrets need not stand in the configuration. */
public final class SecretText {

    private static final long LONGEST = 64 * 1024;

    private final Map<String, String> environment;

    public SecretText(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * @return the text itself where it is no reference
     * @throws IllegalArgumentException with a part of a sentence that says why the reference leads nowhere; never with the
     *     secret
     */
    public String resolve(String text) {
        if (text.startsWith("env:")) {
            String name = text.substring(4);
            String value = environment.get(name);
            if (value == null || value.isEmpty()) {
                throw new IllegalArgumentException("the environment has no variable " + name);
            }
            return value;
        }
        return text.startsWith("file:") ? read(text.substring(5)) : text;
    }

    private static String read(String name) {
        try {
            Path file = Path.of(name.startsWith("//") ? name.substring(2) : name);
            if (Files.size(file) > LONGEST) {
                throw new IllegalArgumentException("the file " + name + " is larger than a secret can be");
            }
            String value = Files.readString(file).strip();
            if (value.isEmpty()) {
                throw new IllegalArgumentException("the file " + name + " is empty");
            }
            return value;
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("the file " + name + " cannot be read", e);
        }
    }
}
