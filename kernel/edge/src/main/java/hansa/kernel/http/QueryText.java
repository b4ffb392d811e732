package hansa.kernel.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the query of an address (application/x-www-form-urlencoded). */
final class QueryText {

    private QueryText() {}

    /** @throws hansa.kernel.base.Failure {@code request.malformed} */
    static Map<String, List<String>> parse(String raw) {
        if (raw.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        int start = 0;
        while (start <= raw.length()) {
            int next = raw.indexOf('&', start);
            int end = next < 0 ? raw.length() : next;
            if (end > start) {
                int equals = raw.indexOf('=', start);
                boolean valued = equals >= 0 && equals < end;
                String name = PercentText.query(raw.substring(start, valued ? equals : end));
                String value = valued ? PercentText.query(raw.substring(equals + 1, end)) : "";
                parameters.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
            }
            start = end + 1;
        }
        parameters.replaceAll((_, values) -> Collections.unmodifiableList(values));
        return Collections.unmodifiableMap(parameters);
    }
}
