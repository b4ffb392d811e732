package hansa.cli;

import java.util.List;
import java.util.Optional;

/** Something that may stand behind a command's name. */
sealed interface Argument {

    /** For the help page. */
    String help();

    /**
     * A name and a value.
     *
     * @param name with its dashes
     * @param alias a dash and a letter
     * @param label what stands for the value in the help
     * @param choices what can be completed; empty = anything
     */
    record Option(String name, Optional<String> alias, String label, String help, Form form, List<String> choices)
            implements Argument {

        public Option {
            choices = List.copyOf(choices);
        }

        boolean isCalled(String word) {
            return name.equals(word) || alias.filter(word::equals).isPresent();
        }
    }

    /** How an option may come. */
    enum Form {
        OPTIONAL,
        REQUIRED,
        REPEATED
    }

    /** A name that says yes. */
    record Flag(String name, Optional<String> alias, String help) implements Argument {

        boolean isCalled(String word) {
            return name.equals(word) || alias.filter(word::equals).isPresent();
        }
    }

    /**
     * A value that is known by its place; all are required.
     *
     * @param several one or more, up to the end
     */
    record Positional(String label, String help, boolean several) implements Argument {}
}
