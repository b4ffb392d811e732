package hansa.faces.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A page of a list on the wire.
 *
 * @param after what to send as {@code after} for the next page; absent on the last one
 * @param next the address of the next page
 */
record Listing<T>(List<T> items, Optional<String> after, Optional<String> next) {

    Listing {
        items = List.copyOf(items);
    }

    /** @param more whether the list goes on behind the items */
    static <T> Listing<T> of(List<T> items, boolean more, Function<T, String> key, String path, Query query) {
        if (!more || items.isEmpty()) {
            return new Listing<>(items, Optional.empty(), Optional.empty());
        }
        String last = key.apply(items.getLast());
        return new Listing<>(items, Optional.of(last), Optional.of(address(path, query, last)));
    }

    /** A page of a list that is at hand as a whole, in any order. */
    static <T> Listing<T> paged(List<T> all, Function<T, String> key, String path, Query query) {
        List<T> rest = all.stream()
                .filter(item -> query.after()
                        .map(after -> key.apply(item).compareTo(after) > 0)
                        .orElse(true))
                .sorted(Comparator.comparing(key))
                .limit(query.limit() + 1L)
                .toList();
        boolean more = rest.size() > query.limit();
        return of(more ? rest.subList(0, query.limit()) : rest, more, key, path, query);
    }

    static String address(String path, Query query, String after) {
        StringBuilder address = new StringBuilder(path).append("?after=").append(encode(after));
        for (Map.Entry<String, List<String>> parameter : query.parameters().entrySet()) {
            if (!parameter.getKey().equals("after")) {
                parameter
                        .getValue()
                        .forEach(value -> address.append('&')
                                .append(parameter.getKey())
                                .append('=')
                                .append(encode(value)));
            }
        }
        return address.toString();
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
