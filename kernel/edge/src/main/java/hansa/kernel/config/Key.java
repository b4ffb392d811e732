package hansa.kernel.config;

import java.util.Optional;

/**
 * One line of the catalogue.
 *
 * @param fallback what it is when it is not set; none for keys that may stay unset
 * @param unset for the reference page: what happens when it is not set and there is no fallback
 * @param example what a key that has to be set may be set to
 * @param meaning one or two sentences with unit and range
 */
record Key<T>(
        String name,
        ValueType<T> type,
        Optional<String> fallback,
        String unset,
        Optional<String> example,
        String meaning) {

    static <T> Key<T> of(String name, ValueType<T> type, String fallback, String meaning) {
        return new Key<>(name, type, Optional.of(fallback), "", Optional.empty(), meaning);
    }

    static <T> Key<T> optional(String name, ValueType<T> type, String unset, String meaning) {
        return new Key<>(name, type, Optional.empty(), unset, Optional.empty(), meaning);
    }

    /** One that has to be set in every section that it belongs to. */
    static <T> Key<T> required(String name, ValueType<T> type, String unset, String example, String meaning) {
        return new Key<>(name, type, Optional.empty(), unset, Optional.of(example), meaning);
    }

    Key<T> below(String prefix) {
        return new Key<>(prefix + name, type, fallback, unset, example, meaning);
    }
}
