package hansa.cloud;

import java.util.Optional;

/**
 * One configuration key of a driver.
 *
 * @param key below {@code clouds.<name>.}, lower case with dashes and dots
 * @param type how its text is read
 * @param meaning one or two sentences with unit and range
 * @param fallback the value when it is not set; empty = the key is required
 */
public record Setting(String key, Type type, String meaning, Optional<String> fallback) {

    public enum Type {
        TEXT,
        NUMBER,
        BOOLEAN,
        /** ISO 8601 or {@code 10s}, {@code 5m}, {@code 250ms}. */
        DURATION,
        /** Never printed; may be written as {@code file:/path} or {@code env:NAME}. */
        SECRET,
        PATH
    }
}
