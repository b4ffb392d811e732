package hansa.protocols.occi.json;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.protocols.occi.MadeUp;
import hansa.protocols.occi.Model;
import hansa.protocols.occi.Profile;
import hansa.protocols.occi.Property;
import hansa.protocols.occi.Samples;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Holds what is written to the schema of GFD.226 and to the stricter one of rOCCI-core: which members there may be, which there
 * must be, their types, and no empty arrays.
 */
class JsonShapeTest {
    private static final int TIMES = 200;
    private static final Set<String> TYPES = Set.of("string", "number", "boolean", "array", "object");

    private final OcciJsonWriter writer = new OcciJsonWriter("/occi");

    @Test
    void everyEntityHasTheShapeOfTheSchema() {
        Property.holds(TIMES, chance -> {
            MadeUp made = new MadeUp(chance, true);
            Model model = made.model();
            resource(object(parse(writer.entity(made.resource(model)))));
            link(object(parse(writer.entity(made.link(model)))));
            Map<String, Object> both = object(parse(writer.entities(List.of(made.resource(model), made.link(model)))));
            assertThat(both).containsOnlyKeys("resources", "links");
            list(both.get("resources")).forEach(each -> resource(object(each)));
            list(both.get("links")).forEach(each -> link(object(each)));
        });
        resource(object(parse(writer.entity(Samples.machine()))));
    }

    @Test
    void everyQueryInterfaceHasTheShapeOfTheSchema() {
        Property.holds(TIMES, chance -> model(new MadeUp(chance, true).model(), true));
        model(Samples.model(Profile.COMPATIBLE), true);
        model(Samples.model(Profile.STRICT), false);
    }

    private void model(Model model, boolean locationsEverywhere) {
        Map<String, Object> all = object(parse(writer.categories(model.categories())));
        assertThat(all.keySet()).isSubsetOf("kinds", "mixins", "actions");
        for (Object each : list(all.get("kinds"))) {
            Map<String, Object> kind = object(each);
            assertThat(kind.keySet())
                    .isSubsetOf("term", "scheme", "title", "attributes", "actions", "parent", "location");
            if (locationsEverywhere) {
                assertThat(kind).containsKey("location");
            }
            category(kind);
        }
        for (Object each :
                list(all.getOrDefault("mixins", List.of(Map.of("term", "", "scheme", "", "location", ""))))) {
            Map<String, Object> mixin = object(each);
            assertThat(mixin.keySet())
                    .isSubsetOf("term", "scheme", "title", "attributes", "actions", "depends", "applies", "location");
            strings(mixin, "depends");
            strings(mixin, "applies");
            category(mixin);
            assertThat(mixin.get("location")).isInstanceOf(String.class);
        }
        for (Object each : list(all.getOrDefault("actions", List.of(Map.of("term", "", "scheme", ""))))) {
            assertThat(object(each).keySet()).isSubsetOf("term", "scheme", "title", "attributes");
            category(object(each));
        }
    }

    private void category(Map<String, Object> category) {
        assertThat(category.get("term")).isInstanceOf(String.class);
        assertThat(category.get("scheme")).isInstanceOf(String.class);
        strings(category, "actions");
        for (Object each : object(category.getOrDefault("attributes", Map.of())).values()) {
            Map<String, Object> attribute = object(each);
            assertThat(attribute.keySet()).isSubsetOf("mutable", "required", "type", "default", "description");
            assertThat(attribute.get("mutable")).isInstanceOf(Boolean.class);
            assertThat(attribute.get("required")).isInstanceOf(Boolean.class);
            assertThat(attribute.get("type")).isIn(TYPES);
        }
    }

    private void resource(Map<String, Object> resource) {
        assertThat(resource.keySet())
                .isSubsetOf("kind", "id", "mixins", "attributes", "actions", "links", "summary", "title");
        assertThat(resource).containsKeys("kind", "id", "attributes");
        common(resource);
        if (resource.containsKey("links")) {
            assertThat(list(resource.get("links"))).isNotEmpty();
            list(resource.get("links")).forEach(each -> link(object(each)));
        }
    }

    private void link(Map<String, Object> link) {
        assertThat(link.keySet())
                .isSubsetOf("kind", "id", "mixins", "attributes", "actions", "source", "target", "title");
        assertThat(link).containsKeys("kind", "id", "attributes", "source", "target");
        common(link);
        for (String end : List.of("source", "target")) {
            assertThat(object(link.get(end)).keySet())
                    .isSubsetOf("location", "kind")
                    .contains("location");
            assertThat(object(link.get(end)).values()).allMatch(String.class::isInstance);
        }
    }

    private void common(Map<String, Object> entity) {
        strings(entity, "mixins");
        strings(entity, "actions");
        assertThat(entity.get("kind")).isInstanceOf(String.class);
        assertThat(entity.get("id")).isInstanceOf(String.class);
        assertThat(object(entity.get("attributes")).values()).doesNotContainNull();
    }

    private static void strings(Map<String, Object> object, String member) {
        if (object.containsKey(member)) {
            assertThat(list(object.get(member))).isNotEmpty().allMatch(String.class::isInstance);
        }
    }

    private static Map<String, Object> object(Object value) {
        assertThat(value).isInstanceOf(Map.class);
        Map<String, Object> members = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((name, member) -> members.put((String) name, member));
        return members;
    }

    private static List<?> list(Object value) {
        assertThat(value).isInstanceOf(List.class);
        return (List<?>) value;
    }

    private static Object parse(byte[] json) {
        JsonFactory factory = JsonFactory.builder()
                .enable(tools.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            Object value = value(parser);
            assertThat(parser.nextToken()).isNull();
            return value;
        }
    }

    private static Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new BigDecimal(parser.getString());
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield items;
            }
            case START_OBJECT -> {
                Map<String, Object> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, value(parser));
                }
                yield members;
            }
            case null, default -> throw new AssertionError("Not expected: " + parser.currentToken());
        };
    }
}
