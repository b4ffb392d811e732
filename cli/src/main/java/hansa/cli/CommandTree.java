package hansa.cli;

import hansa.cli.client.Exit;
import hansa.cli.client.Terminal;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Turns the commands, which are data, into what the parser works with; only as much of it as the line needs. */
final class CommandTree {

    private static final int HELP_WIDTH = 100;

    private final Terminal terminal;

    CommandTree(Terminal terminal) {
        this.terminal = terminal;
    }

    /** With the commands of those groups that are named among the arguments. */
    CommandLine build(List<String> arguments) {
        CommandSpec root = CommandSpec.create().name("hansa");
        root.usageMessage()
                .description("One cloud out of many: virtual machines, volumes and networks of all your sites.");
        general(root, false);
        for (Group group : Commands.groups()) {
            boolean named =
                    arguments.contains(group.name()) || group.aliases().stream().anyMatch(arguments::contains);
            root.addSubcommand(group.name(), spec(group, named));
        }
        for (Command command : Commands.single()) {
            root.addSubcommand(command.name(), spec(command));
        }
        return finish(root);
    }

    /** With every command there is, for completion and documentation. */
    CommandLine whole() {
        return build(Commands.groups().stream().map(Group::name).toList());
    }

    private CommandLine finish(CommandSpec root) {
        root.usageMessage().footerHeading("%nExit codes:%n").footer(exitCodes());
        CommandLine line = new CommandLine(root);
        line.setColorScheme(Help.defaultColorScheme(terminal.coloured() ? Help.Ansi.ON : Help.Ansi.OFF));
        line.setUsageHelpWidth(HELP_WIDTH);
        line.setUsageHelpLongOptionsMaxWidth(30);
        return line;
    }

    private static CommandSpec spec(Group group, boolean whole) {
        CommandSpec spec =
                CommandSpec.create().name(group.name()).aliases(group.aliases().toArray(String[]::new));
        spec.usageMessage().description(group.summary());
        general(spec, true);
        if (whole) {
            group.commands().get().forEach(command -> spec.addSubcommand(command.name(), spec(command)));
        }
        return spec;
    }

    private static CommandSpec spec(Command command) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name(command.name());
        spec.usageMessage().description(command.summary());
        command.arguments().forEach(spec::add);
        general(spec, true);
        if (!command.examples().isEmpty()) {
            List<String> lines = new ArrayList<>();
            command.examples().forEach(example -> lines.add("  hansa " + example));
            lines.add("");
            lines.add("Options of every command: see 'hansa --help'.");
            spec.usageMessage().footerHeading("%nExamples:%n").footer(lines.toArray(String[]::new));
        }
        spec.usageMessage().synopsisHeading("Usage: ").descriptionHeading("%n");
        return spec;
    }

    /** Options that stand anywhere on the line; shown in the first help page only. */
    private static void general(CommandSpec spec, boolean hidden) {
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .arity("0")
                .type(boolean.class)
                .description("show this help")
                .build());
        spec.addOption(OptionSpec.builder("-o", "--output")
                .paramLabel("FORMAT")
                .type(String.class)
                .completionCandidates(List.of("table", "wide", "json", "yaml", "name"))
                .description("table (for people), wide, json, yaml, or name (ids only)")
                .hidden(hidden)
                .build());
        spec.addOption(
                general("--endpoint", "URL", "the node (HANSA_ENDPOINT); else the one of the data folder", hidden));
        spec.addOption(
                general("--token", "TOKEN", "an API token (HANSA_TOKEN); else the data folder's admin.token", hidden));
        spec.addOption(general("--ca", "FILE", "the authority that issued the node's certificate (HANSA_CA)", hidden));
        spec.addOption(general(
                "--data", "DIR", "the local node's data folder (HANSA_DATA; default ~/.local/share/hansa)", hidden));
    }

    private static OptionSpec general(String name, String label, String help, boolean hidden) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(help)
                .hidden(hidden)
                .build();
    }

    private static String[] exitCodes() {
        List<String> lines = new ArrayList<>();
        for (Exit exit : Exit.values()) {
            lines.add("  " + exit.code() + "  " + exit.meaning());
        }
        return lines.toArray(String[]::new);
    }
}
