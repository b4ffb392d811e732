package hansa.drivers.ec2;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What EC2 answered instead of doing what it was asked.
 *
 * @param code such as {@code InvalidInstanceID.NotFound}; empty where the answer is none of EC2's
 * @param status of HTTP
 * @param rest how long it wants to be left alone, where it says so
 */
record Problem(String action, int status, String code, String message, Optional<Duration> rest) {

    private static final int LONGEST = 500;
    private static final long LONGEST_WAIT_SECONDS = 3_600;
    private static final Set<String> THROTTLED = Set.of(
            "RequestLimitExceeded",
            "Throttling",
            "ThrottlingException",
            "RequestThrottled",
            "RequestThrottledException",
            "TooManyRequestsException",
            "SlowDown",
            "ConcurrentLimitExceededException",
            "EC2ThrottledException",
            "BandwidthLimitExceeded",
            "SnapshotCreationPerVolumeRateExceeded");
    private static final Set<String> CLOCK = Set.of(
            "RequestExpired",
            "RequestTimeTooSkewed",
            "SignatureDoesNotMatch",
            "InvalidSignatureException",
            "AuthFailure",
            "AuthorizationHeaderMalformed");

    Problem(String action, int status, String code, String message) {
        this(action, status, code, message, Optional.empty());
    }

    static Problem of(String action, int status, Element answer) {
        Element errors = answer.name().equals("Errors") ? answer : answer.child("Errors");
        Element error = errors.children().isEmpty() ? answer.child("Error") : errors.child("Error");
        return new Problem(action, status, oneLine(error.text("Code")), oneLine(error.text("Message")));
    }

    /** @param retryAfter the header of that name; only its form in seconds is understood */
    Problem asked(Optional<String> retryAfter) {
        Optional<Duration> asked = retryAfter
                .filter(seconds -> seconds.matches("\\d{1,9}"))
                .map(seconds -> Duration.ofSeconds(Math.min(LONGEST_WAIT_SECONDS, Long.parseLong(seconds))));
        return new Problem(action, status, code, message, asked);
    }

    /** It was not looked at because there are too many. */
    boolean isThrottling() {
        return THROTTLED.contains(code) || status == 429;
    }

    /** It may be refused because our clock and that of the endpoint differ. */
    boolean mayBeTheClock() {
        return CLOCK.contains(code);
    }

    private boolean isTheClock() {
        return code.equals("RequestTimeTooSkewed") || code.equals("RequestExpired");
    }

    /** One line in the words of the endpoint. */
    String words() {
        if (code.isEmpty()) {
            return "EC2 answers to " + action + " with the HTTP status " + status;
        }
        String words = action + " is refused with " + code + (message.isEmpty() ? "" : ": " + message);
        return oneLine(isTheClock() ? words + " (the clock of this node or that of the endpoint is off)" : words);
    }

    static String oneLine(String text) {
        String line = text.strip().replaceAll("[\\p{Cntrl}\\s]+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
