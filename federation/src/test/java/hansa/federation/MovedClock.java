package hansa.federation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** The system's clock, set wrong by as much as a test wants. */
public final class MovedClock extends Clock {

    private final AtomicReference<Duration> off;

    public MovedClock(Duration off) {
        this.off = new AtomicReference<>(off);
    }

    /** Sets it forward, or back, from now on. */
    public void set(Duration by) {
        off.updateAndGet(before -> before.plus(by));
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(off.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
