package hansa.cli;

import hansa.cli.client.Exit;
import hansa.cli.client.Node;
import hansa.cli.client.NodeFinder;
import hansa.cli.client.Refusal;
import hansa.cli.client.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The command: understands a command line, does what it says, and tells how it went. */
final class Hansa {

    private final Terminal terminal;
    private final InputStream in;

    Hansa(Terminal terminal, InputStream in) {
        this.terminal = terminal;
        this.in = in;
    }

    /** What goes wrong stands in one line on the error output. */
    Exit run(String... arguments) {
        try {
            switch (new LineReader(List.of(arguments)).read()) {
                case Line.ForHelp(List<String> words) -> new HelpPages(terminal).print(words);
                case Line.ToRun line -> run(line);
            }
            return Exit.OK;
        } catch (Refusal refusal) {
            String text = refusal.line()
                    .lines()
                    .reduce((one, next) -> one + " " + next.strip())
                    .orElse("");
            if (!text.isEmpty()) {
                terminal.err().println("hansa: " + Table.printable(text));
            }
            return refusal.exit();
        }
    }

    private void run(Line.ToRun line) {
        Output output = new Output(terminal, format(line.value("--output").orElse("table")));
        NodeFinder finder = new NodeFinder(
                line.value("--endpoint"),
                line.value("--token"),
                line.value("--ca").map(Path::of),
                line.value("--data").map(Path::of),
                terminal.environment());
        try (Node node = new Node(finder::find, vo(line))) {
            line.command().action().run(new Invocation(line, node, terminal, in, output));
        } catch (IOException broken) {
            throw new Refusal(
                    Exit.FAILED, "the connection to the node did not end well: " + broken.getMessage(), broken);
        }
    }

    private Optional<String> vo(Line.ToRun line) {
        return line.value("--for")
                .or(() -> Optional.ofNullable(terminal.environment().get("HANSA_VO")))
                .filter(name -> !name.isBlank());
    }

    private static Output.Format format(String name) {
        for (Output.Format format : Output.Format.values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(name)) {
                return format;
            }
        }
        throw new Refusal(
                Exit.USAGE, "there is no output format '" + name + "'; choose table, wide, json, yaml or name");
    }
}
