package hansa.kernel.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts what was refused because somebody used too much: {@code hansa.limited}, by kind. */
final class LimitMetrics {

    /** Which limit it was. */
    enum Kind {
        ADDRESS_RATE,
        ADDRESS_REQUESTS,
        ADDRESS_CONNECTIONS,
        CALLER_RATE,
        CALLER_REQUESTS,
        /** All requests together. */
        REQUESTS,
        SLOW_HEAD,
        SLOW_BODY,
        SLOW_ANSWER
    }

    private final Map<Kind, Counter> counters = new EnumMap<>(Kind.class);

    LimitMetrics(MeterRegistry registry) {
        for (Kind kind : Kind.values()) {
            counters.put(
                    kind,
                    Counter.builder("hansa.limited")
                            .description("Requests and connections refused or cut because of a limit")
                            .tag("kind", kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .register(registry));
        }
    }

    void count(Kind kind) {
        Counter counter = counters.get(kind);
        if (counter != null) {
            counter.increment();
        }
    }
}
