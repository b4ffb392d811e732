package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.cloud.Token;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * So many machines of a type and never more. One creation of a type at a time counts what is there and launches; nodes that share
 * an account count once more after the launch, and the younger machine goes.
 */
final class Caps {

    private final Map<String, Integer> caps;
    private final Instances instances;
    private final Ec2Settings settings;
    private final InstantSource clock;
    /** Launches that were not answered: whether there is a machine of them will show. */
    private final Map<Token, Doubt> doubts = new ConcurrentHashMap<>();

    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    private record Doubt(String type, Instant until) {}

    Caps(Ec2Settings settings, Instances instances, InstantSource clock) {
        this.caps = settings.caps();
        this.instances = instances;
        this.settings = settings;
        this.clock = clock;
    }

    boolean limits(String type) {
        return caps.containsKey(type);
    }

    /**
     * Does it where there is room for one more.
     *
     * @throws CloudException.QuotaExceeded where there is none
     * @throws CloudException.Unavailable when others took too long
     */
    <T> T within(String type, Token token, Supplier<T> work) {
        if (!limits(type)) {
            return work.get();
        }
        ReentrantLock lock = locks.computeIfAbsent(type, _ -> new ReentrantLock());
        try {
            if (!lock.tryLock(settings.timeLimit().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new CloudException.Unavailable("other machines of the type " + type + " are still being made");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException.Unavailable("the wait for other machines was interrupted", e);
        }
        try {
            if (taken(type, token) >= cap(type)) {
                throw full(type);
            }
            T done = work.get();
            doubts.remove(token);
            return done;
        } catch (CloudException.Unavailable e) {
            doubts.put(token, new Doubt(type, clock.instant().plus(settings.settling())));
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private long taken(String type, Token except) {
        Set<Token> seen = new HashSet<>(Set.of(except));
        List<Instance> there = instances.ours(type);
        there.forEach(one -> instances.tokenOf(one).ifPresent(seen::add));
        Instant now = clock.instant();
        doubts.values().removeIf(doubt -> !now.isBefore(doubt.until()));
        long doubtful = doubts.entrySet().stream()
                .filter(doubt -> doubt.getValue().type().equals(type) && !seen.contains(doubt.getKey()))
                .count();
        return there.size() + doubtful;
    }

    private int cap(String type) {
        return caps.getOrDefault(type, Integer.MAX_VALUE);
    }

    private CloudException.QuotaExceeded full(String type) {
        return new CloudException.QuotaExceeded("the cap of " + cap(type) + " machines of the type " + type
                + " is reached; delete one or take another type");
    }

    /** Whether that machine is one too many. */
    boolean exceededBy(Instance instance) {
        if (!limits(instance.type())) {
            return false;
        }
        List<String> oldestFirst =
                instances.ours(instance.type()).stream().map(Instance::id).toList();
        return oldestFirst.indexOf(instance.id()) >= cap(instance.type());
    }

    CloudException.QuotaExceeded refusal(String type) {
        return full(type);
    }
}
