package hansa.drivers.ec2;

import java.util.Set;

/**
 * What EC2 answered instead of doing what it was asked.
 *
 * @param code such as {@code InvalidInstanceID.NotFound}; empty where the answer is none of EC2's
 * @param status of HTTP
 */
record Problem(String action, int status, String code, String message) {

    private static final int LONGEST = 500;
    private static final Set<String> THROTTLED = Set.of(
            "RequestLimitExceeded",
            "Throttling",
            "ThrottlingException",
            "RequestThrottled",
            "RequestThrottledException",
            "TooManyRequestsException",
            "SlowDown",
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

    static Problem of(String action, int status, Element answer) {
        Element errors = answer.name().equals("Errors") ? answer : answer.child("Errors");
        Element error = errors.children().isEmpty() ? answer.child("Error") : errors.child("Error");
        return new Problem(action, status, oneLine(error.text("Code")), oneLine(error.text("Message")));
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
