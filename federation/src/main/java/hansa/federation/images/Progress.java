package hansa.federation.images;

import java.time.Duration;
import java.util.function.Consumer;

/** Tells how far work is: at once when it begins, and then not more often than is worth a write. Thread-safe. */
final class Progress {

    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final Consumer<String> listener;
    private long next = System.nanoTime();

    Progress(Consumer<String> listener) {
        this.listener = listener;
    }

    synchronized void tell(String text) {
        long now = System.nanoTime();
        if (now - next >= 0) {
            next = now + PAUSE.toNanos();
            listener.accept(text);
        }
    }
}
