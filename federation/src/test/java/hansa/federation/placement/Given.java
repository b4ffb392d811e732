package hansa.federation.placement;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Attributes as a map has them: numbers, texts and sets. */
record Given(Layout layout, Map<String, Object> values) implements Attributes {

    static Layout shape() {
        LinkedHashMap<String, AttributeKind> attributes = new LinkedHashMap<>();
        attributes.put("CLOUD", AttributeKind.TEXT);
        attributes.put("COUNTRY", AttributeKind.TEXT);
        attributes.put("FREE_CPU", AttributeKind.NUMBER);
        attributes.put("PRICE", AttributeKind.NUMBER);
        attributes.put("FEATURES", AttributeKind.LIST);
        return new Layout(attributes);
    }

    static Given of(Map<String, Object> values) {
        return new Given(shape(), values);
    }

    private Optional<Object> value(int place) {
        return Optional.ofNullable(values.get(layout.name(place)));
    }

    @Override
    public double number(int place) {
        return value(place)
                .filter(Number.class::isInstance)
                .map(value -> ((Number) value).doubleValue())
                .orElse(Double.NaN);
    }

    @Override
    public Optional<String> text(int place) {
        return value(place).map(String::valueOf);
    }

    @Override
    public Set<String> list(int place) {
        return value(place)
                .filter(Set.class::isInstance)
                .map(value -> Set.copyOf(
                        ((Set<?>) value).stream().map(String::valueOf).toList()))
                .orElse(Set.of());
    }
}
