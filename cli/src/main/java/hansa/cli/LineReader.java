package hansa.cli;

import hansa.cli.Argument.Flag;
import hansa.cli.Argument.Form;
import hansa.cli.Argument.Option;
import hansa.cli.Argument.Positional;
import hansa.cli.client.Exit;
import hansa.cli.client.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Takes a command line apart. Used once.
 *
 * <p>The parser of the library that prints the help is not used for this: its classes are of a format that the JVM's AOT
 * cache does not take, and loading them costs a fifth of the time that a command may take in all.
 */
final class LineReader {

    private final List<String> arguments;
    private final List<String> words = new ArrayList<>();
    private final Map<String, List<String>> values = new HashMap<>();
    private final Set<String> flags = new HashSet<>();
    private final List<String> positionals = new ArrayList<>();
    private Optional<Group> group = Optional.empty();
    private Optional<Command> command = Optional.empty();
    private int next;
    private boolean onlyWords;

    LineReader(List<String> arguments) {
        this.arguments = List.copyOf(arguments);
    }

    /** @throws Refusal when the line makes no sense */
    Line read() {
        while (next < arguments.size()) {
            String argument = arguments.get(next++);
            if (argument.equals("--") && !onlyWords) {
                onlyWords = true;
            } else if (argument.equals("--version") && words.isEmpty()) {
                word("version");
            } else if (argument.length() > 1 && argument.charAt(0) == '-' && !onlyWords) {
                option(argument);
            } else {
                word(argument);
            }
        }
        if (flags.contains("--help") || command.isEmpty()) {
            return new Line.ForHelp(words);
        }
        checkComplete(command.get());
        return new Line.ToRun(command.get(), values, flags, positionals);
    }

    private void word(String word) {
        if (command.isPresent()) {
            positional(command.get(), word);
        } else if (group.isPresent()) {
            command = Optional.of(
                    Commands.named(group.get(), word).orElseThrow(() -> unknown(word, Commands.names(group.get()))));
            words.add(word);
        } else {
            group = Commands.group(word);
            command = group.isPresent() ? Optional.empty() : Commands.single(word);
            if (group.isEmpty() && command.isEmpty()) {
                throw unknown(word, Commands.names());
            }
            words.add(group.map(Group::name).orElse(word));
        }
    }

    private void positional(Command running, String word) {
        List<Positional> places = places(running);
        boolean open = !places.isEmpty() && places.getLast().several();
        if (positionals.size() >= places.size() && !open) {
            throw refused("'" + word + "' is one argument too many");
        }
        positionals.add(word);
    }

    private static List<Positional> places(Command running) {
        return running.arguments().stream()
                .filter(Positional.class::isInstance)
                .map(Positional.class::cast)
                .toList();
    }

    private void option(String argument) {
        int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
        String name = equals < 0 ? argument : argument.substring(0, equals);
        for (Argument known : known()) {
            switch (known) {
                case Flag flag
                when flag.isCalled(name) -> {
                    if (equals >= 0) {
                        throw refused("'" + name + "' takes no value");
                    }
                    flags.add(flag.name());
                    return;
                }
                case Option option
                when option.isCalled(name) -> {
                    String value = equals < 0 ? following(option) : argument.substring(equals + 1);
                    values.computeIfAbsent(option.name(), _ -> new ArrayList<>())
                            .add(value);
                    return;
                }
                case Flag _, Option _, Positional _ -> {}
            }
        }
        throw unknown(name, known().stream().flatMap(LineReader::name).toList());
    }

    private List<Argument> known() {
        return Stream.concat(
                        Arguments.GENERAL.stream(), command.stream().flatMap(running -> running.arguments().stream()))
                .toList();
    }

    private static Stream<String> name(Argument argument) {
        return switch (argument) {
            case Flag flag -> Stream.of(flag.name());
            case Option option -> Stream.of(option.name());
            case Positional _ -> Stream.empty();
        };
    }

    private String following(Option option) {
        if (next >= arguments.size()) {
            throw refused("'" + option.name() + "' needs a value: " + option.label());
        }
        return arguments.get(next++);
    }

    private void checkComplete(Command running) {
        List<Positional> places = places(running);
        if (positionals.size() < places.size()) {
            throw refused(places.get(positionals.size()).label() + " is missing");
        }
        for (Argument argument : running.arguments()) {
            if (argument instanceof Option option
                    && option.form() == Form.REQUIRED
                    && !values.containsKey(option.name())) {
                throw refused(option.name() + " " + option.label() + " is missing");
            }
        }
    }

    private Refusal unknown(String word, List<String> known) {
        String near = Similar.to(word, known)
                .map(candidate -> "; did you mean '" + candidate + "'?")
                .orElse("");
        return refused("'" + word + "' is not known to '" + line() + "'" + near);
    }

    private Refusal refused(String what) {
        String separator = what.endsWith("?") ? " See '" : "; see '";
        return new Refusal(Exit.USAGE, what + separator + line() + " --help'");
    }

    private String line() {
        return words.isEmpty() ? "hansa" : "hansa " + String.join(" ", words);
    }
}
