package hansa.cloud.kit;

import hansa.cloud.RemoteId;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the test of a driver can tell of the hosts behind its cloud.
 *
 * @param number how many of them have room for machines of the kit, at least 1
 * @param of the host of a machine that runs; empty where the test cannot tell
 */
public record Hosts(int number, Function<RemoteId, Optional<String>> of) {

    public Hosts {
        if (number < 1) {
            throw new IllegalArgumentException("a cloud has at least one host");
        }
    }

    /** So many, and nobody knows which machine is where. */
    public static Hosts untold(int number) {
        return new Hosts(number, _ -> Optional.empty());
    }
}
