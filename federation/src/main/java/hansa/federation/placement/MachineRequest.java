package hansa.federation.placement;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Equal machines that are wanted, all of them or none.
 *
 * @param name tells it from the others of its batch
 * @param count 1 to 10,000
 * @param affinities at most 16
 * @param groups that its machines are members of, at most 16
 * @param barred clouds that will not do for reasons that the snapshot does not know
 */
public record MachineRequest(
        String name,
        int count,
        Needs needs,
        Wishes wishes,
        Bounds bounds,
        List<Affinity> affinities,
        Set<String> groups,
        Map<String, Exclusion> barred) {

    public static final int MOST_MACHINES = 10_000;
    private static final int MOST_GROUPS = 16;

    public MachineRequest {
        affinities = List.copyOf(affinities);
        groups = Set.copyOf(groups);
        barred = Map.copyOf(barred);
        if (count < 1 || count > MOST_MACHINES) {
            throw invalid(name, "asks for " + count + " machines; 1 to " + MOST_MACHINES + " can be asked for");
        }
        if (affinities.size() > MOST_GROUPS || groups.size() > MOST_GROUPS) {
            throw invalid(name, "has more than " + MOST_GROUPS + " groups or affinities");
        }
    }

    /** With no cloud barred. */
    public MachineRequest(
            String name,
            int count,
            Needs needs,
            Wishes wishes,
            Bounds bounds,
            List<Affinity> affinities,
            Set<String> groups) {
        this(name, count, needs, wishes, bounds, affinities, groups, Map.of());
    }

    /** The same with more clouds barred. */
    public MachineRequest barring(Map<String, Exclusion> more) {
        return new MachineRequest(name, count, needs, wishes, bounds, affinities, groups, more);
    }

    private static Failure invalid(String name, String what) {
        return new Failure(ErrorCode.ATTRIBUTE_INVALID, "The request '" + name + "' " + what + ".");
    }

    /**
     * What each machine is made of.
     *
     * @param flavour the one that it must be; empty = the smallest that has what is asked for here, and just that at clouds that
     *     take any size
     */
    public record Needs(String image, Optional<String> flavour, long cores, long memoryMib, long diskGib) {

        /** Without a name: of just this size, at a cloud that takes any. */
        static final String FREE = "";

        boolean suits(FlavourOffer offer) {
            return offer.cores() >= cores
                    && offer.memoryMib() >= memoryMib
                    && offer.diskGib() >= diskGib
                    && flavour.map(offer.name()::equals).orElse(true);
        }

        FlavourOffer free() {
            return new FlavourOffer(FREE, cores, memoryMib, diskGib, OptionalLong.empty(), OptionalInt.empty());
        }
    }

    /**
     * What the caller says about where.
     *
     * @param requirements see {@link Requirement#compile}; empty = none
     * @param rank see {@link Rank#compile}; it goes before the policy; empty = none
     * @param dataSites where the data is, for {@link PlacementPolicy#NEAREST_TO_DATA}
     */
    public record Wishes(String requirements, String rank, PlacementPolicy policy, Set<String> dataSites) {
        public Wishes {
            dataSites = Set.copyOf(dataSites);
        }
    }

    /**
     * What must hold whatever is wished.
     *
     * @param countries that the data must not leave; empty = no bound
     * @param budget most that all machines of the request may cost in an hour, in millionths of the federation's currency
     */
    public record Bounds(
            Optional<String> site,
            Optional<String> cloud,
            Set<String> countries,
            OptionalLong budget,
            Optional<Spread> spread) {

        public static final Bounds NONE =
                new Bounds(Optional.empty(), Optional.empty(), Set.of(), OptionalLong.empty(), Optional.empty());

        public Bounds {
            countries = Set.copyOf(countries);
        }
    }
}
