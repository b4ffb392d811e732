package hansa.cli;

import hansa.cli.Argument.Flag;
import hansa.cli.Argument.Form;
import hansa.cli.Argument.Option;
import hansa.cli.Argument.Positional;
import hansa.cli.client.Exit;
import hansa.cli.client.Terminal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Prints the help and the completion script from the commands, which are data. */
final class HelpPages {

    private static final int WIDTH = 110;
    private static final int OPTION_WIDTH = 30;

    private final Terminal terminal;

    HelpPages(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @param words the names of group and command; none for the first page */
    void print(List<String> words) {
        CommandLine page = root();
        for (String word : words) {
            page = Objects.requireNonNull(page.getSubcommands().get(word));
        }
        page.usage(terminal.out(), Help.defaultColorScheme(terminal.coloured() ? Help.Ansi.ON : Help.Ansi.OFF));
    }

    /** A script for bash; zsh takes it too, once it has loaded its own completion. */
    String completion() {
        return AutoComplete.bash("hansa", root());
    }

    private static CommandLine root() {
        CommandSpec root = CommandSpec.create().name("hansa");
        root.usageMessage()
                .description("One cloud out of many: virtual machines, volumes and networks of all your sites.", "");
        root.usageMessage().footerHeading("%nExit codes:%n").footer(exitCodes());
        root.usageMessage().customSynopsis("hansa COMMAND [OPTION]...").sortOptions(false);
        Arguments.GENERAL.forEach(argument -> add(root, argument, false));
        for (Group group : Commands.groups()) {
            root.addSubcommand(group.name(), spec(group));
        }
        for (Command command : Commands.single()) {
            root.addSubcommand(command.name(), spec(command, "hansa"));
        }
        CommandLine line = new CommandLine(root);
        line.setUsageHelpWidth(WIDTH);
        line.setUsageHelpLongOptionsMaxWidth(OPTION_WIDTH);
        return line;
    }

    private static CommandSpec spec(Group group) {
        CommandSpec spec =
                CommandSpec.create().name(group.name()).aliases(group.aliases().toArray(String[]::new));
        spec.usageMessage().description(group.summary(), "");
        spec.usageMessage().customSynopsis("hansa " + group.name() + " COMMAND [OPTION]...");
        Arguments.GENERAL.forEach(argument -> add(spec, argument, true));
        group.commands()
                .get()
                .forEach(command -> spec.addSubcommand(command.name(), spec(command, "hansa " + group.name())));
        return spec;
    }

    private static CommandSpec spec(Command command, String parent) {
        CommandSpec spec = CommandSpec.create().name(command.name());
        spec.usageMessage()
                .description(command.summary(), "")
                .customSynopsis(parent + " " + synopsis(command))
                .sortOptions(false);
        command.arguments().forEach(argument -> add(spec, argument, false));
        Arguments.GENERAL.forEach(argument -> add(spec, argument, true));
        List<String> footer = new ArrayList<>();
        command.examples().forEach(example -> footer.add("  hansa " + example));
        footer.addAll(List.of("", "Options of every command: see 'hansa --help'."));
        spec.usageMessage().footerHeading("%nExamples:%n").footer(footer.toArray(String[]::new));
        return spec;
    }

    /** What must be there, in the order in which one types it. */
    private static String synopsis(Command command) {
        StringBuilder line = new StringBuilder(command.name());
        for (Argument argument : command.arguments()) {
            switch (argument) {
                case Positional positional ->
                    line.append(' ').append(positional.label()).append(positional.several() ? "..." : "");
                case Option option
                when option.form() == Form.REQUIRED ->
                    line.append(' ').append(option.name()).append(' ').append(option.label());
                case Option _, Flag _ -> {}
            }
        }
        return line.append(" [OPTION]...").toString();
    }

    private static void add(CommandSpec spec, Argument argument, boolean hidden) {
        switch (argument) {
            case Option option ->
                spec.addOption(completed(OptionSpec.builder(names(option.alias().stream(), option.name())), option)
                        .paramLabel(option.label())
                        .arity("1")
                        .type(option.form() == Form.REPEATED ? String[].class : String.class)
                        .required(option.form() == Form.REQUIRED)
                        .description(option.help())
                        .hidden(hidden)
                        .build());
            case Flag flag ->
                spec.addOption(OptionSpec.builder(names(flag.alias().stream(), flag.name()))
                        .arity("0")
                        .type(boolean.class)
                        .usageHelp(flag.name().equals("--help"))
                        .description(flag.help())
                        .hidden(hidden && !flag.name().equals("--help"))
                        .build());
            case Positional positional ->
                spec.addPositional(PositionalParamSpec.builder()
                        .arity(positional.several() ? "1..*" : "1")
                        .paramLabel(positional.label())
                        .type(positional.several() ? String[].class : String.class)
                        .description(positional.help())
                        .build());
        }
    }

    private static OptionSpec.Builder completed(OptionSpec.Builder builder, Option option) {
        return option.choices().isEmpty() ? builder : builder.completionCandidates(option.choices());
    }

    private static String[] names(Stream<String> alias, String name) {
        return Stream.concat(alias, Stream.of(name)).toArray(String[]::new);
    }

    private static String[] exitCodes() {
        return Arrays.stream(Exit.values())
                .map(exit -> "  " + exit.code() + "  " + exit.meaning())
                .toArray(String[]::new);
    }
}
