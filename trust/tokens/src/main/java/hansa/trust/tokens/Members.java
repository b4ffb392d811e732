package hansa.trust.tokens;

import com.nimbusds.jose.util.JSONObjectUtils;
import hansa.trust.Rejected;
import hansa.trust.Rejected.Reason;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The members of a JSON object that somebody else wrote, read by the types they must have. */
record Members(Map<String, Object> all) {

    private static final int LARGEST = 512 * 1024;
    private static final int MOST_VALUES = 1024;
    private static final int MOST_ATTRIBUTES = 64;
    private static final long LATEST = 253_402_300_799L;

    static Members parse(byte[] json) throws ParseException {
        return parse(new String(json, StandardCharsets.UTF_8));
    }

    static Members parse(String json) throws ParseException {
        return new Members(JSONObjectUtils.parse(json, LARGEST));
    }

    boolean has(String name) {
        return all.get(name) != null;
    }

    /** @throws Rejected {@code MALFORMED} if there is something else than a text */
    Optional<String> text(String name) throws Rejected {
        Object value = all.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text && !text.isBlank()) {
            return Optional.of(text);
        }
        throw malformed(name);
    }

    String required(String name) throws Rejected {
        return text(name).orElseThrow(() -> malformed(name));
    }

    /** A text counts as a list of one. */
    List<String> texts(String name) throws Rejected {
        Object value = all.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof String text) {
            return List.of(text);
        }
        if (value instanceof List<?> list
                && list.size() <= MOST_VALUES
                && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw malformed(name);
    }

    /** Seconds since 1970 (RFC 7519 §2, NumericDate). */
    Optional<Instant> instant(String name) throws Rejected {
        Object value = all.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= LATEST) {
            return Optional.of(Instant.ofEpochSecond(number.longValue()));
        }
        throw malformed(name);
    }

    /** All that are texts or lists of texts, as many as policies can want. */
    Map<String, List<String>> attributes() {
        Map<String, List<String>> attributes = new TreeMap<>();
        all.forEach((name, value) -> {
            if (attributes.size() < MOST_ATTRIBUTES) {
                if (value instanceof String text) {
                    attributes.put(name, List.of(text));
                } else if (value instanceof List<?> list
                        && list.size() <= MOST_VALUES
                        && list.stream().allMatch(String.class::isInstance)) {
                    attributes.put(name, list.stream().map(String.class::cast).toList());
                }
            }
        });
        return attributes;
    }

    private static Rejected malformed(String name) {
        return new Rejected(Reason.MALFORMED, "the claim '" + name + "' is missing or of the wrong type");
    }
}
