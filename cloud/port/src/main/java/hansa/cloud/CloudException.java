package hansa.cloud;

import java.time.Duration;
import java.util.Optional;

/**
 * What a cloud answered instead of doing what it was asked. The text of the cloud is kept, because it is shown to the
 * user as the reason.
 */
public abstract sealed class CloudException extends RuntimeException {

    private CloudException(String message) {
        super(message);
    }

    private CloudException(String message, Throwable cause) {
        super(message, cause);
    }

    /** One line: what happened, to what, in the cloud's own words where it gave any. */
    public String text() {
        String message = getMessage();
        return message == null ? getClass().getSimpleName() : message;
    }

    /** There is no such thing at the cloud (any more). */
    public static final class NotFound extends CloudException {
        public NotFound(String message) {
            super(message);
        }
    }

    /** The thing exists already, or is in a state that does not allow the request. */
    public static final class Conflict extends CloudException {
        public Conflict(String message) {
            super(message);
        }
    }

    /** The account's quota at the cloud is used up. */
    public static final class QuotaExceeded extends CloudException {
        public QuotaExceeded(String message) {
            super(message);
        }
    }

    /** The cloud has no room; another cloud or a later time may. */
    public static final class NoCapacity extends CloudException {
        public NoCapacity(String message) {
            super(message);
        }
    }

    /** The cloud does not accept our credentials, or they do not allow the request. */
    public static final class Unauthorised extends CloudException {
        public Unauthorised(String message) {
            super(message);
        }
    }

    /**
     * The cloud did not answer, or answered that it is unable to. Whether the request took effect is unknown: ask by
     * token before trying again.
     */
    public static final class Unavailable extends CloudException {
        private final Optional<Duration> retryAfter;

        public Unavailable(String message) {
            super(message);
            this.retryAfter = Optional.empty();
        }

        public Unavailable(String message, Throwable cause) {
            super(message, cause);
            this.retryAfter = Optional.empty();
        }

        public Unavailable(String message, Duration retryAfter) {
            super(message);
            this.retryAfter = Optional.of(retryAfter);
        }

        /** How long the cloud asked us to wait. */
        public Optional<Duration> retryAfter() {
            return retryAfter;
        }
    }

    /** The cloud understood the request and finds it wrong; the same request will never succeed. */
    public static final class InvalidRequest extends CloudException {
        public InvalidRequest(String message) {
            super(message);
        }
    }
}
