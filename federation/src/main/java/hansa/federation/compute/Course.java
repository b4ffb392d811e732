package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.cloud.Size;
import hansa.federation.placement.Affinity;
import hansa.federation.placement.Spread;
import hansa.federation.sites.FlavourId;
import hansa.protocols.voms.Fqan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a machine that is to be made can go: one cloud after the other, never to two.
 *
 * @param stops in the order of the plan; the first is where it was placed
 * @param at the stop where it is
 * @param moves how often it went on
 * @param asked whether its cloud may have been asked for it; written before it is
 * @param leaving it goes on as soon as it is sure that nothing of it is left where it is
 * @param left where it was, the last 20
 * @param deadline until when there has to be a place
 * @param unlimited made by an operator, who has no quota
 * @param fqans groups and roles with which it was asked for, the primary one first; empty for machines from before they
 *     were kept
 * @param comeBack see {@link hansa.federation.brokering.Placement#comeBack}
 * @param affinities with groups by their full names; they bind the next stops too
 * @param set the group of all that were wanted together, where they are spread
 */
record Course(
        List<Stop> stops,
        int at,
        int moves,
        boolean asked,
        Optional<Leaving> leaving,
        List<Left> left,
        Optional<Instant> deadline,
        boolean unlimited,
        Optional<List<Fqan>> fqans,
        boolean comeBack,
        List<Affinity> affinities,
        Optional<Spread> spread,
        String set) {

    private static final int MOST_LEFT = 20;

    Course {
        stops = List.copyOf(stops);
        left = List.copyOf(left);
        affinities = List.copyOf(affinities);
        fqans = fqans.map(List::copyOf);
    }

    /**
     * A cloud where it could be made.
     *
     * @param networks of its interfaces there, by their links
     */
    record Stop(CloudName cloud, Optional<FlavourId> flavour, Size size, Map<LinkId, NetworkId> networks) {

        Stop {
            networks = Map.copyOf(networks);
        }
    }

    /**
     * It goes on.
     *
     * @param next the stop that it goes on to
     * @param anyway whether it goes even where it turns out that it was made
     */
    record Leaving(int next, String why, boolean anyway) {}

    /** A cloud where it could not stay, and why. */
    record Left(CloudName cloud, String why, Instant when) {}

    /** The stop to go on to; empty when it has been everywhere, or often enough. */
    Optional<Integer> next(int tries, Instant now) {
        if (stops.size() < 2) {
            return Optional.empty();
        }
        if (deadline.isPresent()) {
            return now.isBefore(deadline.get()) ? Optional.of((at + 1) % stops.size()) : Optional.empty();
        }
        return moves < tries && at + 1 < stops.size() ? Optional.of(at + 1) : Optional.empty();
    }

    /** Whether there is a place to wait for. */
    boolean waits(Instant now) {
        return deadline.isPresent() && now.isBefore(deadline.get());
    }

    Course askedFor() {
        return with(at, moves, true, leaving, left);
    }

    Course leavingFor(int next, String why) {
        return with(at, moves, asked, Optional.of(new Leaving(next, why, false)), left);
    }

    /** It stays, since the next stop will not do either. */
    Course staying() {
        return with(at, moves, asked, Optional.empty(), left);
    }

    Course arrived(int stop, CloudName from, String why, Instant now) {
        List<Left> all = new ArrayList<>(left);
        all.add(new Left(from, why, now));
        return with(
                stop, moves + 1, false, Optional.empty(), all.subList(Math.max(0, all.size() - MOST_LEFT), all.size()));
    }

    /** It goes to another stop, and back to where it was if it finds no place there. */
    Course returningTo(Stop stop, Stop here, String why) {
        return new Course(
                List.of(here, stop, here),
                0,
                0,
                true,
                Optional.of(new Leaving(1, why, true)),
                left,
                deadline,
                unlimited,
                fqans,
                comeBack,
                affinities,
                spread,
                set);
    }

    private Course with(int stop, int moved, boolean mayBeThere, Optional<Leaving> goes, List<Left> before) {
        return new Course(
                stops,
                stop,
                moved,
                mayBeThere,
                goes,
                before,
                deadline,
                unlimited,
                fqans,
                comeBack,
                affinities,
                spread,
                set);
    }
}
