package hansa.drivers.occi;

import hansa.protocols.occi.AttributeDefinition;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.CategoryReference;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Whom we speak to: its dialect, and what its query interface said last.
 *
 * @param categories by identifier, in its order
 */
record Peer(Dialect dialect, SequencedMap<CategoryId, CategoryReference> categories) {

    private static final String OPENSTACK_IMAGES = "http://schemas.openstack.org/template/os#";
    private static final String HANSA = "hansa.";

    static Peer of(Optional<String> server, OcciMessage query) {
        SequencedMap<CategoryId, CategoryReference> categories = new LinkedHashMap<>();
        query.categories().forEach(category -> categories.putIfAbsent(category.id(), category));
        return new Peer(Dialect.of(server, sign(categories)), categories);
    }

    private static Dialect.Sign sign(Map<CategoryId, CategoryReference> categories) {
        boolean hansa = categories.values().stream()
                .flatMap(category -> category.attributes().stream())
                .anyMatch(attribute -> attribute.name().startsWith(HANSA));
        if (hansa) {
            return Dialect.Sign.HANSA;
        }
        return categories.keySet().stream().anyMatch(id -> id.scheme().equals(OPENSTACK_IMAGES))
                ? Dialect.Sign.OPENSTACK
                : Dialect.Sign.NONE;
    }

    boolean offers(CategoryId id) {
        return categories.containsKey(id);
    }

    /** The mixin that declares the attribute. */
    Optional<CategoryId> mixinWith(String attribute) {
        return categories.values().stream()
                .filter(category -> category.attributes().stream()
                        .anyMatch(declared -> declared.name().equals(attribute)))
                .map(CategoryReference::id)
                .findFirst();
    }

    Marks marks() {
        return new Marks(dialect);
    }

    /** Where a kind's collection is, as the service tells it. */
    Optional<String> location(CategoryId kind) {
        return Optional.ofNullable(categories.get(kind)).flatMap(CategoryReference::location);
    }

    List<CategoryReference> images() {
        return templates(Infrastructure.OS_TEMPLATE);
    }

    List<CategoryReference> flavours() {
        return templates(Infrastructure.RESOURCE_TEMPLATE);
    }

    private List<CategoryReference> templates(CategoryId type) {
        return categories.values().stream()
                .filter(category -> !category.id().equals(type) && isOf(category, type))
                .toList();
    }

    private static boolean isOf(CategoryReference category, CategoryId type) {
        return category.depends().contains(type)
                || category.rel().filter(type.toString()::equals).isPresent();
    }

    /** What a template gives to machines that ask for nothing else. */
    static Map<String, AttributeValue> defaults(CategoryReference template) {
        Map<String, AttributeValue> defaults = new LinkedHashMap<>();
        for (AttributeDefinition attribute : template.attributes()) {
            attribute.defaultValue().ifPresent(value -> defaults.put(attribute.name(), value));
        }
        return defaults;
    }
}
