package hansa.federation.stored;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants in the store: whole microseconds since 1970, which both databases keep exactly. */
public final class Micros {

    private Micros() {}

    public static long of(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
