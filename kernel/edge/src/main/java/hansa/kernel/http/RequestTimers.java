package hansa.kernel.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The timers of one route, one for each status that it ever answered with. */
final class RequestTimers {

    private final MeterRegistry registry;
    private final String face;
    private final String method;
    private final String route;
    private final Map<Integer, Timer> byStatus = new ConcurrentHashMap<>();

    RequestTimers(MeterRegistry registry, String face, String method, String route) {
        this.registry = registry;
        this.face = face;
        this.method = method;
        this.route = route;
    }

    Timer forStatus(int status) {
        Timer known = byStatus.get(status);
        return known != null ? known : byStatus.computeIfAbsent(status, this::register);
    }

    private Timer register(Integer status) {
        return Timer.builder("hansa.http.requests")
                .description("Time from a request's head to the end of its answer")
                .tag("face", face)
                .tag("method", method)
                .tag("route", route)
                .tag("status", status.toString())
                .register(registry);
    }
}
