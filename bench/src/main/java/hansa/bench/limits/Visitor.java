package hansa.bench.limits;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client that behaves: twenty requests a second, one after the other, a new connection every twenty. */
final class Visitor {

    private static final int PER_CONNECTION = 20;
    private static final int PER_SECOND = 20;

    private final URI node;
    private final String from;
    private final String token;
    private final List<Long> micros = new ArrayList<>();
    private int failures;

    Visitor(URI node, String from, String token) {
        this.node = node;
        this.from = from;
        this.token = token;
    }

    void visit(int seconds) throws InterruptedException {
        for (int i = 0; i < seconds; i++) {
            long began = System.nanoTime();
            try (Wire wire = new Wire(node, from, "Bearer " + token)) {
                for (int j = 0; j < PER_CONNECTION; j++) {
                    ask(wire);
                    TimeUnit.MILLISECONDS.sleep(1_000 / PER_SECOND);
                }
            } catch (IOException e) {
                failures++;
                // What was not connected is not asked again at once, as people would not.
                TimeUnit.MILLISECONDS.sleep(
                        Math.max(0, 1_000 - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)));
            }
        }
    }

    private void ask(Wire wire) throws IOException {
        long began = System.nanoTime();
        if (wire.ask() == 200) {
            micros.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began));
        } else {
            failures++;
        }
    }

    int answers() {
        return micros.size();
    }

    int failures() {
        return failures;
    }

    /** @param part of all answers that were at least as fast, 0 to 1 */
    double millis(double part) {
        if (micros.isEmpty()) {
            return Double.NaN;
        }
        List<Long> sorted = new ArrayList<>(micros);
        Collections.sort(sorted);
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(part * sorted.size()))) / 1_000.0;
    }
}
