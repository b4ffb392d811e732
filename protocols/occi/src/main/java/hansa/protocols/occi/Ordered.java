package hansa.protocols.occi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Immutable maps that keep their order, which {@link Map#copyOf} does not. */
final class Ordered {
    private Ordered() {}

    static <V> Map<String, V> copy(Map<String, V> map) {
        return switch (map.size()) {
            case 0 -> Map.of();
            case 1 -> Map.copyOf(map);
            default -> Collections.unmodifiableMap(new LinkedHashMap<>(map));
        };
    }
}
