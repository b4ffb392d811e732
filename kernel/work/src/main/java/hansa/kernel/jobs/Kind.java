package hansa.kernel.jobs;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** A registered kind of job: its handler, its places, its figures. */
final class Kind {

    final String name;
    final JobHandler handler;
    final Timer runs;
    final Counter failures;
    private final Lanes lanes;
    private final Map<String, Lane> named = new HashMap<>();
    private final Lane rest;

    Kind(String name, JobHandler handler, int maxConcurrent, Lanes lanes, MeterRegistry meters) {
        if (maxConcurrent < 1) {
            throw new IllegalArgumentException("A kind of job needs at least one place.");
        }
        this.name = name;
        this.handler = handler;
        this.lanes = lanes;
        this.rest = new Lane(Lane.REST, maxConcurrent);
        lanes.names().forEach(lane -> named.put(lane, new Lane(lane, maxConcurrent)));
        this.runs = Timer.builder("hansa.job.runs").tag("kind", name).register(meters);
        this.failures = meters.counter("hansa.job.failures", "kind", name);
    }

    boolean hasLanes() {
        return !named.isEmpty();
    }

    /** Another node may know lanes that this one does not. */
    Lane lane(String lane) {
        return named.getOrDefault(lane, rest);
    }

    boolean hasFreePlace() {
        return rest.free.availablePermits() > 0
                || named.values().stream().anyMatch(lane -> lane.free.availablePermits() > 0);
    }

    String laneOf(Handle sql, String subject) {
        return lanes.of().of(sql, subject).orElse(Lane.REST);
    }
}
