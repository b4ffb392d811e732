package hansa.federation.compute;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be done to a network in which state (GFD.224 §3.2). */
final class NetworkRules {

    /** What may be asked for. */
    enum Verb {
        UP,
        DOWN,
        UPDATE,
        DELETE
    }

    private static final Map<NetworkState, Set<Verb>> POSSIBLE = new EnumMap<>(Map.of(
            NetworkState.PENDING, EnumSet.of(Verb.UPDATE, Verb.DELETE),
            NetworkState.ACTIVE, EnumSet.of(Verb.DOWN, Verb.UPDATE, Verb.DELETE),
            NetworkState.INACTIVE, EnumSet.of(Verb.UP, Verb.UPDATE, Verb.DELETE),
            NetworkState.ERROR, EnumSet.of(Verb.UP, Verb.UPDATE, Verb.DELETE),
            NetworkState.DELETING, EnumSet.of(Verb.DELETE)));

    private NetworkRules() {}

    static boolean allow(NetworkState state, Verb verb) {
        return POSSIBLE.getOrDefault(state, Set.of()).contains(verb);
    }

    /** @throws Failure {@code action.wrong-state} naming the state and what is possible in it */
    static void require(Network network, Verb verb) {
        if (!allow(network.state(), verb)) {
            throw new Failure(
                    ErrorCode.ACTION_WRONG_STATE,
                    "The network '" + network.id() + "' is " + MachineRules.word(network.state()) + ", where '"
                            + MachineRules.word(verb) + "' is not possible; possible: "
                            + POSSIBLE.getOrDefault(network.state(), Set.of()).stream()
                                    .map(MachineRules::word)
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
    }
}
