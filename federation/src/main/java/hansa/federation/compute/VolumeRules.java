package hansa.federation.compute;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be done to a volume in which state (GFD.184 §3.3), and to a copy of one. */
final class VolumeRules {

    /** What may be asked for. */
    enum Verb {
        ONLINE,
        OFFLINE,
        BACKUP,
        SNAPSHOT,
        RESIZE,
        LINK,
        UPDATE,
        DELETE
    }

    private static final Map<VolumeState, Set<Verb>> POSSIBLE = new EnumMap<>(Map.of(
            VolumeState.PENDING, EnumSet.of(Verb.LINK, Verb.UPDATE, Verb.DELETE),
            VolumeState.ONLINE,
                    EnumSet.of(
                            Verb.ONLINE,
                            Verb.OFFLINE,
                            Verb.BACKUP,
                            Verb.SNAPSHOT,
                            Verb.RESIZE,
                            Verb.LINK,
                            Verb.UPDATE,
                            Verb.DELETE),
            VolumeState.OFFLINE,
                    EnumSet.of(
                            Verb.ONLINE,
                            Verb.OFFLINE,
                            Verb.BACKUP,
                            Verb.SNAPSHOT,
                            Verb.RESIZE,
                            Verb.UPDATE,
                            Verb.DELETE),
            VolumeState.ERROR, EnumSet.of(Verb.ONLINE, Verb.UPDATE, Verb.DELETE),
            VolumeState.DELETING, EnumSet.of(Verb.DELETE)));

    private static final Set<Verb> ON_COPIES = EnumSet.of(Verb.UPDATE, Verb.DELETE);

    private VolumeRules() {}

    private static Set<Verb> possible(Volume volume) {
        Set<Verb> possible = EnumSet.copyOf(POSSIBLE.getOrDefault(volume.state(), Set.of()));
        if (volume.copy().isPresent()) {
            possible.retainAll(ON_COPIES);
        }
        return possible;
    }

    /** @throws Failure {@code action.wrong-state} naming the state and what is possible in it */
    static void require(Volume volume, Verb verb) {
        Set<Verb> possible = possible(volume);
        if (!possible.contains(verb)) {
            throw new Failure(
                    ErrorCode.ACTION_WRONG_STATE,
                    "The " + noun(volume) + " '" + volume.id() + "' is " + MachineRules.word(volume.state())
                            + ", where '"
                            + MachineRules.word(verb) + "' is not possible; possible: "
                            + possible.stream().map(MachineRules::word).collect(Collectors.joining(", "))
                            + ".");
        }
    }

    static String noun(Volume volume) {
        return volume.copy().map(copy -> MachineRules.word(copy.kind())).orElse("volume");
    }

    static void requirePluggable(Volume volume) {
        require(volume, Verb.LINK);
        requireFree(volume);
    }

    static void requireFree(Volume volume) {
        volume.attachment().ifPresent(held -> {
            throw new Failure(
                    ErrorCode.RESOURCE_IN_USE,
                    "The volume '" + volume.id() + "' is plugged into the machine '" + held.machine()
                            + "'; delete the link '" + held.link() + "' first.");
        });
    }
}
