package hansa.federation.control;

import hansa.federation.caller.Caller;
import java.time.Instant;
import java.util.Optional;

/** Knows the owners of machines, who are not here. */
@FunctionalInterface
public interface Owners {

    /**
     * @param id see {@code Caller.id}
     * @param since what their credentials said before does not count
     * @return empty if nothing is known of them
     */
    Optional<Caller> known(String id, Instant since);
}
