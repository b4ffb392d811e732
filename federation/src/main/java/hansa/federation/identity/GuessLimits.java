package hansa.federation.identity;

import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * How many wrong credentials are looked at before whoever sends them has to wait.
 *
 * @param free for one name from one address; six times as many from one address, twenty times as many for one name
 * @param longest how long they wait at most
 * @param shared addresses behind which there are many, such as a proxy before the node: what comes from there is only
 *     counted by name
 */
public record GuessLimits(int free, Duration longest, Predicate<InetAddress> shared) {

    public static final GuessLimits DEFAULT = new GuessLimits(5, Duration.ofMinutes(5), InetAddress::isLoopbackAddress);

    public GuessLimits {
        if (free < 1 || !longest.isPositive()) {
            throw new IllegalArgumentException("Somebody may be wrong once, and waits longer than nothing");
        }
    }

    int freePerAddress() {
        return 6 * free;
    }

    int freePerName() {
        return 20 * free;
    }
}
