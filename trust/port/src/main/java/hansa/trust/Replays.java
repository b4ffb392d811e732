package hansa.trust;

import java.time.Instant;

/** Remembers what is good for one use, for all nodes of an installation. Thread-safe. */
@FunctionalInterface
public interface Replays {

    /**
     * Takes note of a use.
     *
     * @param issuer who named it
     * @param id unique at the issuer
     * @param until from when on it is good for nothing anyway
     * @return whether it is the first use
     */
    boolean isFirst(String issuer, String id, Instant until);
}
