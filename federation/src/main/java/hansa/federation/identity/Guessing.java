package hansa.federation.identity;

import hansa.kernel.base.AddressBlock;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Slows down who guesses credentials of any kind: those for one name from one address, those from one address for whatever
 * names, and those for one name from anywhere. Nobody locks out another with it: whoever was right from an address before
 * is only held by what is wrong for that name from there. Few slow hashes are worked at a time, so that guessing does not
 * take the machine. Thread-safe, bounded.
 */
final class Guessing {

    private static final int MOST_KNOWN = 10_000;
    private static final int LONGEST_NAME = 128;
    private static final int AT_ONCE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final GuessLimits limits;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final Strikes<Pair> pairs;
    private final Strikes<AddressBlock> addresses;
    private final Strikes<String> names;
    private final Set<Pair> known = Collections.newSetFromMap(new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Pair, Boolean> eldest) {
            return size() > MOST_KNOWN;
        }
    });

    Guessing(GuessLimits limits, Clock clock, MeterRegistry meters) {
        this.limits = limits;
        this.clock = clock;
        this.meters = meters;
        this.pairs = new Strikes<>(limits.free(), limits.longest(), Duration.ofHours(1));
        this.addresses = new Strikes<>(limits.freePerAddress(), limits.longest(), Duration.ofSeconds(10));
        this.names = new Strikes<>(limits.freePerName(), limits.longest(), Duration.ofMinutes(1));
    }

    private record Pair(AddressBlock from, String name) {

        static Pair of(InetAddress from, String name) {
            return new Pair(
                    AddressBlock.of(from), name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name);
        }
    }

    /**
     * @param name whose credential it claims to be; of one that names nobody before it is verified, its digest
     * @throws Failure {@code rate.limited} while no answer of theirs is looked at
     */
    synchronized void require(InetAddress from, String name) {
        Instant now = clock.instant();
        Pair pair = Pair.of(from, name);
        if (pairs.pauses(pair, now)) {
            throw refused("guess-name", "for this name");
        }
        if (known.contains(pair)) {
            return;
        }
        if (!limits.shared().test(from) && addresses.pauses(pair.from(), now)) {
            throw refused("guess-address", "from your address");
        }
        if (names.pauses(pair.name(), now)) {
            throw refused("guess-name", "for this name");
        }
    }

    private Failure refused(String kind, String what) {
        meters.counter("hansa.limited", "kind", kind).increment();
        return new Failure(
                ErrorCode.RATE_LIMITED,
                "Too many wrong credentials were sent " + what + "; wait up to "
                        + Math.max(1, limits.longest().toMinutes()) + " minutes and try again.");
    }

    synchronized void right(InetAddress from, String name) {
        Pair pair = Pair.of(from, name);
        pairs.clear(pair);
        known.add(pair);
    }

    synchronized void wrong(InetAddress from, String name) {
        Instant now = clock.instant();
        Pair pair = Pair.of(from, name);
        pairs.add(pair, now);
        names.add(pair.name(), now);
        addresses.add(pair.from(), now);
    }

    /** A credential that names nobody, or in which no name can be believed, was wrong. */
    synchronized void wrong(InetAddress from) {
        addresses.add(AddressBlock.of(from), clock.instant());
    }

    /** Works a slow hash when it is its turn. */
    boolean slowly(BooleanSupplier check) {
        boolean mine;
        try {
            mine = places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            mine = false;
        }
        if (!mine) {
            throw new Failure(ErrorCode.RATE_LIMITED, "Too many passwords are being checked; try again in a moment.");
        }
        try {
            return check.getAsBoolean();
        } finally {
            places.release();
        }
    }
}
