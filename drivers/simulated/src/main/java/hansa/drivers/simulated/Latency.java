package hansa.drivers.simulated;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** How long one kind of call takes: anything from the one to the other. */
record Latency(Duration least, Duration most) {

    Duration next() {
        return least.equals(most)
                ? least
                : Duration.ofNanos(ThreadLocalRandom.current().nextLong(least.toNanos(), most.toNanos() + 1));
    }

    /**
     * Reads {@code create=50ms..200ms, delete=20ms}.
     *
     * @throws IllegalArgumentException with what is wrong
     */
    static Map<Operation, Latency> parse(String text) {
        Map<Operation, Latency> latencies = new EnumMap<>(Operation.class);
        for (String piece : text.split(",", -1)) {
            if (!piece.isBlank()) {
                int equals = piece.indexOf('=');
                String name =
                        equals < 0 ? piece.strip() : piece.substring(0, equals).strip();
                Operation operation = Operation.of(name)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "'latencies': '" + name + "' is no operation; there are " + Operation.words()));
                latencies.put(
                        operation,
                        span(equals < 0 ? "" : piece.substring(equals + 1).strip()));
            }
        }
        return latencies;
    }

    private static Latency span(String text) {
        int dots = text.indexOf("..");
        Duration least = duration(dots < 0 ? text : text.substring(0, dots), text);
        Duration most = duration(dots < 0 ? text : text.substring(dots + 2), text);
        if (most.compareTo(least) < 0) {
            throw refused(text);
        }
        return new Latency(least, most);
    }

    private static Duration duration(String part, String whole) {
        return Durations.parse(part).orElseThrow(() -> refused(whole));
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "'latencies': '" + text + "' is not a duration such as 20ms or a span such as 50ms..200ms");
    }
}
