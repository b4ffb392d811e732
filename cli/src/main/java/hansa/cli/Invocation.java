package hansa.cli;

import hansa.cli.client.Exit;
import hansa.cli.client.Node;
import hansa.cli.client.Refusal;
import hansa.cli.client.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One command line, understood: its arguments, and what it works with. */
final class Invocation {

    private static final int MAX_FILE = 1024 * 1024;

    private final Line.ToRun line;
    private final Node node;
    private final Terminal terminal;
    private final InputStream in;
    private final Output output;

    Invocation(Line.ToRun line, Node node, Terminal terminal, InputStream in, Output output) {
        this.line = line;
        this.node = node;
        this.terminal = terminal;
        this.in = in;
        this.output = output;
    }

    Node node() {
        return node;
    }

    Terminal terminal() {
        return terminal;
    }

    Lookup lookup() {
        return new Lookup(node);
    }

    Output output() {
        return output;
    }

    String positional(int index) {
        return line.positionals().get(index);
    }

    List<String> positionals() {
        return line.positionals();
    }

    Optional<String> text(String option) {
        return line.value(option);
    }

    List<String> texts(String option) {
        return line.values().getOrDefault(option, List.of());
    }

    /** A whole number that is not negative. */
    Optional<Long> number(String option) {
        return line.value(option).map(text -> {
            if (!text.matches("\\d{1,18}")) {
                throw new Refusal(Exit.USAGE, "'" + option + "' takes a whole number, not '" + text + "'");
            }
            return Long.parseLong(text);
        });
    }

    boolean flag(String name) {
        return line.flags().contains(name);
    }

    /** Reads a small file; {@code -} is the standard input. */
    byte[] file(String name) {
        try {
            byte[] content = name.equals("-") ? in.readNBytes(MAX_FILE + 1) : small(Path.of(name));
            if (content.length > MAX_FILE) {
                throw new Refusal(Exit.USAGE, "'" + name + "' is larger than 1 MiB; is it the right file?");
            }
            return content;
        } catch (NoSuchFileException missing) {
            throw new Refusal(Exit.USAGE, "there is no file '" + name + "'; check its path", missing);
        } catch (IOException unreadable) {
            throw new Refusal(
                    Exit.USAGE, "'" + name + "' cannot be read; check that it is a file of yours", unreadable);
        }
    }

    String textFile(String name) {
        return new String(file(name), StandardCharsets.UTF_8);
    }

    private static byte[] small(Path path) throws IOException {
        try (InputStream content = Files.newInputStream(path)) {
            return content.readNBytes(MAX_FILE + 1);
        }
    }
}
