package hansa.federation.control;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicLong;

/** What is measured: {@code hansa.control.*}. */
final class Figures {

    final Timer cycles;
    final Counter evaluations;
    final Counter revoked;
    final Counter restored;
    final Counter carriedOut;
    final Counter failures;

    /** Machines looked at in the last cycle of this node. */
    final AtomicLong looked = new AtomicLong();

    /** Of those, the ones whose right is revoked. */
    final AtomicLong withoutRight = new AtomicLong();

    Figures(MeterRegistry meters) {
        this.cycles = Timer.builder("hansa.control.cycles")
                .description("Looks at all rights")
                .register(meters);
        this.evaluations = meters.counter("hansa.control.evaluations");
        this.revoked = meters.counter("hansa.control.revoked");
        this.restored = meters.counter("hansa.control.restored");
        this.carriedOut = meters.counter("hansa.control.carried-out");
        this.failures = meters.counter("hansa.control.failures");
        Gauge.builder("hansa.control.machines", looked, AtomicLong::doubleValue)
                .description("Machines whose right was looked at in this node's last cycle")
                .register(meters);
        Gauge.builder("hansa.control.machines.revoked", withoutRight, AtomicLong::doubleValue)
                .description("Machines without the right to run in this node's last cycle")
                .register(meters);
    }
}
