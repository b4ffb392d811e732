package hansa.federation.placement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;

/**
 * Which attributes candidates may have, each at its own place, so that an expression is compiled once and read by place for every
 * candidate. Names are in capitals and found in any case. Immutable.
 */
public final class Layout {

    private final List<String> names;
    private final List<AttributeKind> kinds;
    private final Map<String, Integer> places = new HashMap<>();

    public Layout(SequencedMap<String, AttributeKind> attributes) {
        names = List.copyOf(attributes.sequencedKeySet());
        kinds = new ArrayList<>(attributes.sequencedValues());
        for (String name : names) {
            places.put(name, places.size());
        }
    }

    public List<String> names() {
        return names;
    }

    public OptionalInt place(String name) {
        Integer place = places.get(name.toUpperCase(Locale.ROOT));
        return place == null ? OptionalInt.empty() : OptionalInt.of(place);
    }

    AttributeKind kind(int place) {
        return kinds.get(place);
    }

    String name(int place) {
        return names.get(place);
    }
}
