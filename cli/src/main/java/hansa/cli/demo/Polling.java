package hansa.cli.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Looks again and again until something is so. */
final class Polling {

    private Polling() {}

    /** @throws DemoFailure {@code what} "after so many seconds" when time runs out */
    static void until(String what, Duration patience, Duration pause, BooleanSupplier reached) {
        awaited(what, patience, pause, () -> reached.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** @return the first thing that is there */
    static <T> T awaited(String what, Duration patience, Duration pause, Supplier<Optional<T>> look) {
        long end = System.nanoTime() + patience.toNanos();
        Optional<T> found = look.get();
        while (found.isEmpty()) {
            if (System.nanoTime() - end > 0) {
                throw new DemoFailure(what + " after " + patience.toSeconds() + " s");
            }
            sleep(pause);
            found = look.get();
        }
        return found.get();
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", interrupted);
        }
    }
}
