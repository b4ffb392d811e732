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
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command: understands a command line, does what it says, and tells how it went. */
final class Hansa {

    private final Terminal terminal;
    private final InputStream in;

    Hansa(Terminal terminal, InputStream in) {
        this.terminal = terminal;
        this.in = in;
    }

    /** Never throws; what went wrong stands in one line on the error output. */
    Exit run(String... arguments) {
        CommandLine line = new CommandTree(terminal).build(List.of(arguments));
        try {
            return run(line.parseArgs(arguments));
        } catch (ParameterException wrong) {
            return refuse(Exit.USAGE, usage(wrong));
        } catch (Refusal refusal) {
            return refuse(refusal.exit(), refusal.line());
        }
    }

    private Exit run(ParseResult root) {
        ParseResult leaf = root;
        while (leaf.hasSubcommand()) {
            leaf = leaf.subcommand();
        }
        boolean helped = leaf.isUsageHelpRequested() || root.isUsageHelpRequested();
        if (helped || !(leaf.commandSpec().userObject() instanceof Command command)) {
            leaf.commandSpec().commandLine().usage(terminal.out(), colours());
            return Exit.OK;
        }
        Options options = new Options(root);
        try (Node node = new Node(() -> finder(options).find())) {
            command.action()
                    .run(new Invocation(
                            leaf, node, terminal, in, new Output(terminal, options.format()), finder(options)));
            return Exit.OK;
        } catch (IOException broken) {
            throw new Refusal(
                    Exit.FAILED, "the connection to the node did not end well: " + broken.getMessage(), broken);
        }
    }

    private NodeFinder finder(Options options) {
        return new NodeFinder(
                options.text("--endpoint"),
                options.text("--token"),
                options.text("--ca").map(Path::of),
                options.text("--data").map(Path::of),
                terminal.environment());
    }

    private Help.ColorScheme colours() {
        return Help.defaultColorScheme(terminal.coloured() ? Help.Ansi.ON : Help.Ansi.OFF);
    }

    private Exit refuse(Exit exit, String line) {
        String text =
                line.lines().reduce((one, next) -> one + " " + next.strip()).orElse("");
        terminal.err().println("hansa: " + Table.printable(text));
        return exit;
    }

    private static String usage(ParameterException wrong) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        String hint = "; see '" + command + " --help'";
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            String what = String.join(" ", unmatched.getUnmatched());
            String nearest = unmatched.getSuggestions().stream()
                    .findFirst()
                    .map(near -> ", did you mean '" + near + "'?")
                    .orElse("");
            return "'" + what + "' is not known to '" + command + "'" + nearest + hint;
        }
        String message = Optional.ofNullable(wrong.getMessage()).orElse("the command line cannot be read");
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1) + hint;
    }

    /** The options that every command takes, wherever they stand on the line; the last one counts. */
    private record Options(ParseResult root) {

        Optional<String> text(String name) {
            Optional<String> last = Optional.empty();
            for (Optional<ParseResult> level = Optional.of(root); level.isPresent(); level = below(level.get())) {
                String value = level.get().matchedOptionValue(name, null);
                last = value == null ? last : Optional.of(value);
            }
            return last;
        }

        private static Optional<ParseResult> below(ParseResult level) {
            return level.hasSubcommand() ? Optional.of(level.subcommand()) : Optional.empty();
        }

        Output.Format format() {
            String name = text("--output").orElse("table");
            for (Output.Format format : Output.Format.values()) {
                if (format.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return format;
                }
            }
            throw new Refusal(
                    Exit.USAGE, "there is no output format '" + name + "'; choose table, wide, json, yaml or name");
        }
    }
}
