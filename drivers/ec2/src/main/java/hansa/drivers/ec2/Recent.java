package hansa.drivers.ec2;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was made a moment ago. EC2's answers become consistent after a while only, so what they do not show may be there.
 * It is forgotten with the process; then EC2 itself answers a repeated creation with what the first one made.
 */
final class Recent {

    private static final int MOST = 10_000;

    private record Made(Instance instance, Instant until) {}

    private final InstantSource clock;
    private final Duration settling;
    private final Map<String, Made> made = new ConcurrentHashMap<>();

    Recent(InstantSource clock, Duration settling) {
        this.clock = clock;
        this.settling = settling;
    }

    void made(Instance instance) {
        if (made.size() < MOST) {
            made.put(instance.id(), new Made(instance, clock.instant().plus(settling)));
        }
    }

    /** It was ended: when EC2 does not show it, it is gone. */
    void ended(String id) {
        made.remove(id);
    }

    List<Instance> instances() {
        Instant now = clock.instant();
        made.values().removeIf(one -> !now.isBefore(one.until()));
        return made.values().stream().map(Made::instance).toList();
    }

    Optional<Instance> instance(String id) {
        return Optional.ofNullable(made.get(id))
                .filter(one -> clock.instant().isBefore(one.until()))
                .map(Made::instance);
    }
}
