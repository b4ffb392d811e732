package hansa.protocols.occi;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes up models and entities. */
public final class MadeUp {
    private static final List<String> SNIPPETS = List.of(
            "a", "Z", "0", " ", "\"", "\\", ";", ",", "=", "<", ">", "#", "{", "}", "'", ":", "ü", "€", "😀", "\\n",
            "%");

    private final RandomGenerator chance;
    private final boolean structured;
    private int serial;

    /** @param structured whether values may be what only JSON can hold: control characters, arrays, objects */
    public MadeUp(RandomGenerator chance, boolean structured) {
        this.chance = chance;
        this.structured = structured;
    }

    private boolean coin() {
        return chance.nextBoolean();
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(chance.nextInt(choices.size()));
    }

    private String word() {
        StringBuilder word = new StringBuilder().append((char) ('a' + chance.nextInt(26)));
        for (int i = chance.nextInt(8); i > 0; i--) {
            word.append(oneOf(List.of("a", "B", "7", "_", "-", ".")));
        }
        return word.append(serial++).toString();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = chance.nextInt(12); i > 0; i--) {
            text.append(oneOf(SNIPPETS));
            if (structured && chance.nextInt(8) == 0) {
                text.append((char) chance.nextInt(32));
            }
        }
        return text.toString();
    }

    private CategoryId id() {
        return new CategoryId("http://example.com/" + word() + "#", word());
    }

    public AttributeValue value() {
        return value(0);
    }

    private AttributeValue value(int depth) {
        return switch (chance.nextInt(structured && depth < 4 ? 7 : 5)) {
            case 0, 1 -> AttributeValue.of(text());
            case 2 -> AttributeValue.of(chance.nextLong());
            case 3 ->
                AttributeValue.of(new BigDecimal(
                        BigInteger.valueOf(chance.nextLong()).shiftLeft(chance.nextInt(60)), chance.nextInt(20)));
            case 4 -> AttributeValue.of(coin());
            case 5 -> {
                List<AttributeValue> items = new ArrayList<>();
                for (int i = chance.nextInt(4); i > 0; i--) {
                    items.add(value(depth + 1));
                }
                yield new AttributeValue.Items(items);
            }
            default -> new AttributeValue.Fields(attributes(depth + 1));
        };
    }

    private Map<String, AttributeValue> attributes(int depth) {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        for (int i = chance.nextInt(6); i > 0; i--) {
            attributes.put(word(), value(depth));
        }
        return attributes;
    }

    private AttributeDefinition attribute() {
        AttributeDefinition attribute =
                AttributeDefinition.attribute(word(), oneOf(List.of(AttributeType.values())), text());
        attribute = coin() ? attribute.readOnly() : attribute;
        attribute = coin() ? attribute.asRequired() : attribute;
        return coin() ? attribute.withDefault(value()) : attribute;
    }

    private List<AttributeDefinition> definitions() {
        List<AttributeDefinition> found = new ArrayList<>();
        for (int i = chance.nextInt(4); i > 0; i--) {
            found.add(attribute());
        }
        return found;
    }

    private List<ActionDefinition> actions() {
        List<ActionDefinition> found = new ArrayList<>();
        for (int i = chance.nextInt(3); i > 0; i--) {
            found.add(new ActionDefinition(id(), text(), definitions()));
        }
        return found;
    }

    /** A few kinds, each the child of an earlier one or of none, and mixins upon them. */
    public Model model() {
        List<Kind> kinds = new ArrayList<>();
        for (int i = 1 + chance.nextInt(4); i > 0; i--) {
            Optional<CategoryId> parent = kinds.isEmpty() || coin()
                    ? Optional.empty()
                    : Optional.of(oneOf(kinds).id());
            kinds.add(new Kind(id(), text(), parent, definitions(), actions(), Optional.of("/" + word() + "/")));
        }
        List<Mixin> mixins = new ArrayList<>();
        for (int i = chance.nextInt(4); i > 0; i--) {
            List<CategoryId> depends = mixins.isEmpty() || coin()
                    ? List.of()
                    : List.of(oneOf(mixins).id(), id());
            List<CategoryId> applies = coin() ? List.of() : List.of(oneOf(kinds).id());
            mixins.add(new Mixin(
                    id(), text(), depends, applies, definitions(), actions(), Optional.of("/" + word() + "/")));
        }
        return Model.builder()
                .add(new Extension("made up", kinds, mixins, Map.of()))
                .build();
    }

    private <T> List<T> some(List<T> all) {
        return all.stream().filter(_ -> coin()).toList();
    }

    public Link link(Model model) {
        Kind kind = oneOf(List.copyOf(model.kinds()));
        return new Link(
                kind,
                word(),
                coin() ? Optional.of(text()) : Optional.empty(),
                some(List.copyOf(model.mixins())),
                attributes(0),
                some(List.copyOf(model.actions())),
                "/" + word() + "/" + word(),
                coin() ? Optional.of(id()) : Optional.empty(),
                coin() ? "http://example.com/" + word() : "/" + word() + "/" + word(),
                Optional.of(id()));
    }

    public Resource resource(Model model) {
        List<Link> links = new ArrayList<>();
        for (int i = chance.nextInt(4); i > 0; i--) {
            links.add(link(model));
        }
        return new Resource(
                oneOf(List.copyOf(model.kinds())),
                word(),
                coin() ? Optional.of(text()) : Optional.empty(),
                coin() ? Optional.of(text()) : Optional.empty(),
                some(List.copyOf(model.mixins())),
                attributes(0),
                some(List.copyOf(model.actions())),
                links);
    }
}
