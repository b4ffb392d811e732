package hansa.cli;

import java.util.List;
import java.util.function.Supplier;

/**
 * The commands about one kind of thing. They are made only when the command line names the group, which saves a short
 * command most of its start.
 */
record Group(String name, String summary, List<String> aliases, Supplier<List<Command>> commands) {

    Group {
        aliases = List.copyOf(aliases);
    }
}
