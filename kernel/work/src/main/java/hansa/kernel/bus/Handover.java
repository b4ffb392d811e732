package hansa.kernel.bus;

import hansa.kernel.store.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One batch on its way to one consumer: lines that are being handled now, and events that have to wait in the backlog. */
final class Handover {

    private final Subscriber subscriber;
    private final List<Line> lines;
    private final List<Event> delayed;
    private final CountDownLatch open;

    Handover(Subscriber subscriber, List<Line> lines, List<Event> delayed, CountDownLatch open) {
        this.subscriber = subscriber;
        this.lines = lines;
        this.delayed = new ArrayList<>(delayed);
        this.open = open;
    }

    void await(Duration atMost) {
        try {
            if (!open.await(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            // The publisher is asked to stop: what is not handled goes into the backlog.
            Thread.currentThread().interrupt();
        }
    }

    boolean isUnfinished() {
        return !delayed.isEmpty() || lines.stream().anyMatch(line -> !line.isHandled());
    }

    /** Stops the lines that are not at their end; the rest of their events waits for the backlog. */
    void takeBack() {
        lines.forEach(line -> delayed.addAll(line.takeBack()));
    }

    void store(Tx tx) {
        subscriber.store(tx, delayed);
    }

    void stored() {
        subscriber.ring();
    }

    /** The backlog did not take them: the publisher will offer them again. */
    void refused() {
        subscriber.forget(delayed);
    }
}
