package hansa.cli;

import java.util.List;

/**
 * One thing that the command line can do, as data.
 *
 * @param summary one line, for the list of commands
 * @param arguments options and positional parameters
 * @param examples whole command lines without the leading {@code hansa}
 */
record Command(String name, String summary, List<Argument> arguments, List<String> examples, Action action) {

    Command {
        arguments = List.copyOf(arguments);
        examples = List.copyOf(examples);
    }

    /** Does it; refuses with a {@link hansa.cli.client.Refusal}. */
    @FunctionalInterface
    interface Action {
        void run(Invocation invocation);
    }
}
