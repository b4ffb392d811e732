package hansa.drivers.simulated;

import hansa.cloud.CloudException;
import java.time.Duration;

/** What goes wrong with one call. */
sealed interface Fault {

    /** No answer, and the cloud has not done it. */
    record TimeoutBefore(Duration waited) implements Fault {}

    /** No answer, but the cloud has done it. */
    record TimeoutAfter(Duration waited) implements Fault {}

    /** The cloud answers 500 and has not done it. */
    record ServerError(String text) implements Fault {}

    /** The request reaches the cloud twice. */
    record Duplicate() implements Fault {}

    /** The call takes that much longer. */
    record Delay(Duration duration) implements Fault {}

    /** What was deleted stays there for that long. */
    record SlowDelete(Duration duration) implements Fault {}

    /** The machine that is made dies by itself after that time. */
    record Death(Duration after, String text) implements Fault {}

    /** The cloud says no. */
    record Refusal(Reason reason, String text) implements Fault {

        CloudException exception() {
            return switch (reason) {
                case QUOTA -> new CloudException.QuotaExceeded(text);
                case CAPACITY -> new CloudException.NoCapacity(text);
                case UNAUTHORISED -> new CloudException.Unauthorised(text);
                case CONFLICT -> new CloudException.Conflict(text);
                case INVALID -> new CloudException.InvalidRequest(text);
                case UNAVAILABLE -> new CloudException.Unavailable(text);
            };
        }
    }

    /** Why the cloud says no. */
    enum Reason {
        QUOTA,
        CAPACITY,
        UNAUTHORISED,
        CONFLICT,
        INVALID,
        UNAVAILABLE
    }
}
