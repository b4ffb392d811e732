package hansa.federation.policies;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Policies to be tried on what was decided before.
 *
 * @param put policies by name, in the place of what holds under that name or beside it
 * @param remove names of policies that are left out
 * @param since decisions not before
 * @param until decisions before
 * @param before only decisions with a lower sequence, to go on where the answer before ended
 * @param limit how many differences at most, 1 to 1,000
 */
public record DryRunWish(
        Map<String, String> put,
        List<String> remove,
        Optional<Instant> since,
        Optional<Instant> until,
        OptionalLong before,
        int limit) {

    public DryRunWish {
        put = Map.copyOf(put);
        remove = List.copyOf(remove);
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("1 to 1000 differences, not " + limit);
        }
    }
}
