package hansa.federation.compute;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be done to a machine in which state (GFD.224 §3.1, with what Hansa adds). */
final class MachineRules {

    /** What may be asked for. */
    enum Verb {
        START,
        STOP,
        RESTART,
        SUSPEND,
        SAVE,
        RESIZE,
        LINK,
        UPDATE,
        DELETE
    }

    private static final Map<MachineState, Set<Verb>> POSSIBLE = new EnumMap<>(Map.of(
            MachineState.PENDING, EnumSet.of(Verb.LINK, Verb.UPDATE, Verb.DELETE),
            MachineState.ACTIVE,
                    EnumSet.of(
                            Verb.STOP,
                            Verb.RESTART,
                            Verb.SUSPEND,
                            Verb.SAVE,
                            Verb.RESIZE,
                            Verb.LINK,
                            Verb.UPDATE,
                            Verb.DELETE),
            MachineState.INACTIVE, EnumSet.of(Verb.START, Verb.SAVE, Verb.RESIZE, Verb.LINK, Verb.UPDATE, Verb.DELETE),
            MachineState.SUSPENDED, EnumSet.of(Verb.START, Verb.STOP, Verb.SAVE, Verb.UPDATE, Verb.DELETE),
            MachineState.ERROR, EnumSet.of(Verb.START, Verb.UPDATE, Verb.DELETE),
            MachineState.DELETING, EnumSet.of(Verb.DELETE)));

    private MachineRules() {}

    static boolean allow(MachineState state, Verb verb) {
        return POSSIBLE.getOrDefault(state, Set.of()).contains(verb);
    }

    /** @throws Failure {@code action.wrong-state} naming the state and what is possible in it */
    static void require(Machine machine, Verb verb) {
        if (!allow(machine.state(), verb)) {
            throw new Failure(
                    ErrorCode.ACTION_WRONG_STATE,
                    "The machine '" + machine.id() + "' is " + word(machine.state()) + ", so it cannot be " + done(verb)
                            + " now; possible: " + possible(machine.state()) + ".");
        }
    }

    private static String possible(MachineState state) {
        return POSSIBLE.getOrDefault(state, Set.of()).stream()
                .map(MachineRules::word)
                .collect(Collectors.joining(", "));
    }

    private static String done(Verb verb) {
        return switch (verb) {
            case START -> "started";
            case STOP -> "stopped";
            case RESTART -> "restarted";
            case SUSPEND -> "suspended";
            case SAVE -> "saved";
            case RESIZE -> "resized";
            case LINK -> "linked";
            case UPDATE -> "changed";
            case DELETE -> "deleted";
        };
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
