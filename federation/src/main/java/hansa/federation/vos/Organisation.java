package hansa.federation.vos;

import java.time.Instant;
import java.util.Optional;

/**
 * A virtual organisation.
 *
 * @param name the first part of its groups' names; never changes
 * @param costCentre what its usage is booked to; shown to its members only
 * @param suspended why its members may do nothing in its name; empty while they may
 * @param memberDays for how many days a membership lasts unless somebody says otherwise; empty = for good
 * @param generation rises with every change of this record
 */
public record Organisation(
        String name,
        String title,
        String summary,
        Optional<String> costCentre,
        Optional<String> suspended,
        Optional<Integer> memberDays,
        Instant created,
        Instant changed,
        long generation) {

    Organisation withoutCostCentre() {
        return new Organisation(
                name, title, summary, Optional.empty(), suspended, memberDays, created, changed, generation);
    }

    /** The group of all members. */
    public String root() {
        return "/" + name;
    }
}
