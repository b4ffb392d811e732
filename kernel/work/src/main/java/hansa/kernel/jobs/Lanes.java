package hansa.kernel.jobs;

import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Keeps the jobs of a kind apart, so that those of one lane, which all wait for the same slow thing, do not take the places
 * of the others. Each lane has as many places as the kind would have without lanes.
 *
 * @param names of the lanes, not empty; what belongs to none of them shares one more
 * @param of the lane of a subject, asked in the unit of work that schedules the job
 */
public record Lanes(Set<String> names, Choice of) {

    /** One for all. */
    static final Lanes NONE = new Lanes(Set.of(), (_, _) -> Optional.empty());

    /** Finds the lane of a subject. */
    @FunctionalInterface
    public interface Choice {
        Optional<String> of(Handle sql, String subject);
    }

    public Lanes {
        names = Set.copyOf(names);
    }
}
