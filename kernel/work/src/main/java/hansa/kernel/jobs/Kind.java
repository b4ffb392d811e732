package hansa.kernel.jobs;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.Semaphore;

/** A registered kind of job: its handler, its places, its figures. */
final class Kind {

    final String name;
    final JobHandler handler;
    final int places;
    final Semaphore free;
    final Timer runs;
    final Counter failures;

    Kind(String name, JobHandler handler, int maxConcurrent, MeterRegistry meters) {
        if (maxConcurrent < 1) {
            throw new IllegalArgumentException("A kind of job needs at least one place.");
        }
        this.name = name;
        this.handler = handler;
        this.places = maxConcurrent;
        this.free = new Semaphore(maxConcurrent);
        this.runs = Timer.builder("hansa.job.runs").tag("kind", name).register(meters);
        this.failures = meters.counter("hansa.job.failures", "kind", name);
    }
}
