package hansa.drivers.occi;

import hansa.cloud.CloudException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What refusals mean: by Hansa's own codes where there are some, else by the status, and by words where that is coarse. */
final class Refusals {

    private static final int LONGEST = 500;
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** The body in which another Hansa refuses, see the answers of its OCCI face. */
    private static final Pattern CODED = Pattern.compile(
            "\\{\"code\":\"([a-z.-]{1,64})\",\"message\":\"((?:[^\"\\\\]|\\\\.){0,4000}+)\"\\}", Pattern.DOTALL);

    /** What other servers tell in JSON: ooi in {@code message}, rOCCI 2 in {@code error}. */
    private static final Pattern TOLD = Pattern.compile(
            "^\\{[^{}]{0,200}?\"(?:message|error)\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.){1,4000}+)\"", Pattern.DOTALL);

    /** What rOCCI 2 begins its texts with. */
    private static final Pattern STATUS = Pattern.compile("^Status\\[[a-z0-9_]{1,40}\\]: ");

    private Refusals() {}

    static CloudException of(Ask ask, Answer answer) {
        Matcher coded = CODED.matcher(answer.text().strip());
        if (coded.matches()) {
            return ofCode(
                    coded.group(1), oneLine(coded.group(2).replaceAll("\\\\([\"\\\\])", "$1")), retryAfter(answer));
        }
        return ofStatus(ask, answer);
    }

    private static CloudException ofCode(String code, String said, Optional<Duration> wait) {
        // It becomes a part of a sentence.
        String text = said.endsWith(".") ? said.substring(0, said.length() - 1) : said;
        return switch (code) {
            case "resource.not-found", "link.target-missing" -> new CloudException.NotFound(text);
            case "resource.exists",
                    "resource.changed",
                    "resource.in-use",
                    "action.wrong-state",
                    "network.ambiguous",
                    "image.checksum",
                    "cloud.refused" -> new CloudException.Conflict(text);
            case "quota.exceeded" -> new CloudException.QuotaExceeded(text);
            case "capacity.exhausted" -> new CloudException.NoCapacity(text);
            case "identity.required", "identity.invalid", "policy.denied" -> new CloudException.Unauthorised(text);
            case "identity.unchecked",
                    "rate.limited",
                    "cloud.unavailable",
                    "store.full",
                    "store.unavailable",
                    "server.stopping",
                    "internal" -> unavailable(text, wait);
            default -> new CloudException.InvalidRequest(text);
        };
    }

    private static CloudException ofStatus(Ask ask, Answer answer) {
        int status = answer.status();
        String said = words(answer);
        String text = said.isEmpty() ? ask + " was answered with the HTTP status " + status : said;
        if (status >= 300 && status < 400) {
            return new CloudException.Unavailable(ask + " was answered with a redirect"
                    + answer.header("Location").map(to -> " to " + oneLine(to)).orElse("")
                    + ", which is not followed; correct 'url'");
        }
        return switch (status) {
            case 401 -> new CloudException.Unauthorised(text);
            case 403 ->
                says(said, "quota") ? new CloudException.QuotaExceeded(text) : new CloudException.Unauthorised(text);
            case 404, 410 -> new CloudException.NotFound(text);
            case 408, 425, 429 -> unavailable(text, retryAfter(answer));
            case 409 -> conflict(said, text);
            default ->
                status >= 500 && status != 501
                        ? broken(said, text, retryAfter(answer))
                        : new CloudException.InvalidRequest(text);
        };
    }

    private static CloudException conflict(String said, String text) {
        if (says(said, "quota")) {
            return new CloudException.QuotaExceeded(text);
        }
        return says(said, "no valid host", "not enough", "no capacity", "no free")
                ? new CloudException.NoCapacity(text)
                : new CloudException.Conflict(text);
    }

    /** Old servers answer 500 for whatever the cloud behind them refuses. */
    private static CloudException broken(String said, String text, Optional<Duration> wait) {
        if (says(said, "quota exceeded", "exceeds quota", "quota limit")) {
            return new CloudException.QuotaExceeded(text);
        }
        return says(said, "no valid host", "not enough capacity")
                ? new CloudException.NoCapacity(text)
                : unavailable(text, wait);
    }

    private static CloudException.Unavailable unavailable(String text, Optional<Duration> wait) {
        return wait.map(pause -> new CloudException.Unavailable(text, pause))
                .orElseGet(() -> new CloudException.Unavailable(text));
    }

    private static Optional<Duration> retryAfter(Answer answer) {
        return answer.header("Retry-After")
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }

    private static boolean says(String words, String... parts) {
        String lower = words.toLowerCase(Locale.ROOT);
        return Stream.of(parts).anyMatch(lower::contains);
    }

    /** What a person can read of the body; pages of HTML say nothing that would help. */
    private static String words(Answer answer) {
        boolean page = answer.header("Content-Type").orElse("").contains("html")
                || answer.text().stripLeading().startsWith("<");
        if (page) {
            return "";
        }
        String body = answer.text().strip();
        Matcher told = TOLD.matcher(body);
        String said = told.find()
                ? told.group(1).replaceAll("\\\\([\"\\\\/])", "$1")
                : STATUS.matcher(body).replaceFirst("");
        return said.isEmpty()
                ? answer.header("X-OCCI-Error").map(Refusals::oneLine).orElse("")
                : oneLine(said);
    }

    static String oneLine(String text) {
        String head = text.length() > 4 * LONGEST ? text.substring(0, 4 * LONGEST) : text;
        String line = head.strip().replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
