package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What refusals of the services mean. Their status codes are coarse, so in places their words decide. */
final class Refusals {

    private static final int LONGEST = 500;
    private static final int LARGEST_TEXT = 8 * 1024;
    private static final long LONGEST_WAIT_S = 3600;
    private static final Pattern DESCRIPTION = Pattern.compile("error_description=\"([^\"]{1,400})\"");

    private Refusals() {}

    static CloudException of(String call, Answer answer) {
        String said = words(answer);
        String text =
                said.isEmpty() ? "OpenStack answers to " + call + " with the HTTP status " + answer.status() : said;
        return switch (answer.status()) {
            case 400 -> badRequest(text);
            case 401 -> new CloudException.Unauthorised(text);
            case 403 ->
                says(text, "quota", "exceeded", "too many")
                        ? new CloudException.QuotaExceeded(text)
                        : new CloudException.Unauthorised(text);
            case 404, 410 -> new CloudException.NotFound(text);
            case 405, 406, 411, 415, 422, 501 -> new CloudException.InvalidRequest(text);
            case 409, 412 -> conflict(text);
            case 413 ->
                says(text, "quota", "exceeded") ? new CloudException.QuotaExceeded(text) : unavailable(text, answer);
            case 503 ->
                says(text, "no available backend") ? new CloudException.NoCapacity(text) : unavailable(text, answer);
            default -> unavailable(text, answer);
        };
    }

    /** Nova and Cinder say "bad request" also of what is not there, and Cinder of what is in another state. */
    private static CloudException badRequest(String text) {
        if (says(
                text,
                "could not be found",
                "can not find",
                "cannot find",
                "not found",
                "invalid imageref",
                "attribute imageref")) {
            return new CloudException.NotFound(text);
        }
        return says(
                        text,
                        "invalid volume:",
                        "invalid snapshot:",
                        "invalid backup:",
                        "must be available",
                        "in use",
                        // Synnefo of what is busy or in another state.
                        "cannot perform '")
                ? new CloudException.Conflict(text)
                : new CloudException.InvalidRequest(text);
    }

    private static CloudException conflict(String text) {
        if (says(text, "quota exceeded", "overquota", "exceeded for quota")) {
            return new CloudException.QuotaExceeded(text);
        }
        return says(text, "no more ip addresses", "no valid host", "ipaddressgenerationfailure", "address exhausted")
                ? new CloudException.NoCapacity(text)
                : new CloudException.Conflict(text);
    }

    private static CloudException unavailable(String text, Answer answer) {
        String words = answer.header("X-Openstack-Request-Id")
                .filter(id -> id.matches("req-[0-9a-f-]{1,64}"))
                .map(id -> text + " (" + id + ")")
                .orElse(text);
        return retryAfter(answer)
                .map(wait -> new CloudException.Unavailable(words, wait))
                .orElseGet(() -> new CloudException.Unavailable(words));
    }

    private static Optional<Duration> retryAfter(Answer answer) {
        return answer.header("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,9}"))
                .map(seconds -> Duration.ofSeconds(Math.min(LONGEST_WAIT_S, Long.parseLong(seconds))));
    }

    /**
     * The service's own words: of Nova and Cinder in an object by the name of the fault, of Neutron in one with type and message,
     * of Keystone in {@code error}, of Placement in a list, of Glance in a page of HTML, of Apache before them in a header (RFC 6750 §3).
     */
    private static String words(Answer answer) {
        JsonNode json = answer.jsonOrNothing();
        if (json.isObject()) {
            JsonNode first = json.path("errors").isArray()
                    ? json.path("errors").path(0)
                    : json.properties().stream()
                            .findFirst()
                            .<JsonNode>map(entry -> entry.getValue())
                            .orElse(json);
            return oneLine(message(json, first));
        }
        // Whoever checks tokens before a service says in a header what is wrong with one.
        Optional<String> challenge = answer.header("WWW-Authenticate")
                .map(DESCRIPTION::matcher)
                .filter(Matcher::find)
                .map(found -> oneLine(found.group(1)));
        if (challenge.isPresent()) {
            return challenge.get();
        }
        String text = answer.text(LARGEST_TEXT);
        return oneLine(text.replaceAll("(?s)<head>.*?</head>", " ").replaceAll("<[^<>]{0,200}>", " "));
    }

    private static String message(JsonNode whole, JsonNode first) {
        if (first.isString()) {
            // A fault that is no object: its text, or a message beside other members.
            return whole.path("message").asString(first.asString(""));
        }
        String detail = first.path("detail").asString("");
        String message = first.path("message").asString(detail);
        String type = first.path("type").asString("");
        return type.equals("OverQuota") && !says(message, "quota") ? "Quota exceeded: " + message : message;
    }

    static boolean says(String words, String... parts) {
        String lower = words.toLowerCase(Locale.ROOT);
        return Stream.of(parts).anyMatch(lower::contains);
    }

    static String oneLine(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
