package hansa.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A command line, taken apart. */
sealed interface Line {

    /**
     * Asks for help.
     *
     * @param words the names of group and command, as far as they were given
     */
    record ForHelp(List<String> words) implements Line {

        public ForHelp {
            words = List.copyOf(words);
        }
    }

    /**
     * Asks for something to be done.
     *
     * @param values of options by their long names, in order
     * @param flags long names
     */
    record ToRun(Command command, Map<String, List<String>> values, Set<String> flags, List<String> positionals)
            implements Line {

        public ToRun {
            values = Map.copyOf(values);
            flags = Set.copyOf(flags);
            positionals = List.copyOf(positionals);
        }

        /** The last one counts. */
        Optional<String> value(String option) {
            List<String> all = values.getOrDefault(option, List.of());
            return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
        }
    }
}
