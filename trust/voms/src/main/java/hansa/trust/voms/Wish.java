package hansa.trust.voms;

import hansa.protocols.voms.Fqan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a client wants to have certified.
 *
 * @param fqans exactly these, the primary one first; none, or the virtual organisation's own group alone, for all groups
 *     without any role
 * @param order these first, where they are among those
 * @param lifetime none for the usual one
 * @param targets the only hosts or services that it is meant for; none if it is meant for all
 */
public record Wish(List<Fqan> fqans, List<Fqan> order, Optional<Duration> lifetime, List<String> targets) {

    public Wish {
        fqans = List.copyOf(fqans);
        order = List.copyOf(order);
        targets = List.copyOf(targets);
        if (lifetime.filter(asked -> !asked.isPositive()).isPresent()) {
            throw new IllegalArgumentException("A lifetime is positive");
        }
    }
}
