package hansa.kernel.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What is counted about requests: {@code hansa.http.requests} and {@code hansa.http.requests.running}. */
final class RequestMetrics {

    private final MeterRegistry registry;

    RequestMetrics(MeterRegistry registry, Gate gate) {
        this.registry = registry;
        Gauge.builder("hansa.http.requests.running", gate, Gate::inWork)
                .description("Requests in work")
                .register(registry);
    }

    RequestTimers timers(String face, String method, String route) {
        return new RequestTimers(registry, face, method, route);
    }
}
