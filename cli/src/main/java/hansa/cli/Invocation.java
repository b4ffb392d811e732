package hansa.cli;

import hansa.cli.client.Exit;
import hansa.cli.client.Node;
import hansa.cli.client.NodeFinder;
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
import picocli.CommandLine.ParseResult;

/** One command line, understood: its arguments, and what it works with. */
final class Invocation {

    private static final int MAX_FILE = 1024 * 1024;

    private final ParseResult parsed;
    private final Node node;
    private final Terminal terminal;
    private final InputStream in;
    private final Output output;
    private final NodeFinder finder;

    Invocation(ParseResult parsed, Node node, Terminal terminal, InputStream in, Output output, NodeFinder finder) {
        this.parsed = parsed;
        this.node = node;
        this.terminal = terminal;
        this.in = in;
        this.output = output;
        this.finder = finder;
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

    /** What the line said about where the node is. */
    NodeFinder finder() {
        return finder;
    }

    Output output() {
        return output;
    }

    String positional(int index) {
        return parsed.matchedPositionalValue(index, "");
    }

    List<String> positionals() {
        return List.of(parsed.matchedPositionalValue(0, new String[0]));
    }

    Optional<String> text(String option) {
        return Optional.ofNullable(parsed.<String>matchedOptionValue(option, null));
    }

    List<String> texts(String option) {
        return List.of(parsed.matchedOptionValue(option, new String[0]));
    }

    Optional<Long> number(String option) {
        return Optional.ofNullable(parsed.<Long>matchedOptionValue(option, null));
    }

    boolean flag(String option) {
        return parsed.hasMatchedOption(option);
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
