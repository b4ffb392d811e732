package hansa.protocols.occi.extension;

import hansa.protocols.occi.AttributeDefinition;
import hansa.protocols.occi.AttributeType;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.Mixin;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the mixins by which a provider offers its images and flavours (GFD.224, Infrastructure Templates). */
public final class Templates {
    private Templates() {}

    /** An image; its collection lies below {@code /mixin/os_tpl/}. */
    public static Mixin image(CategoryId id, String title) {
        return template(id, title, Infrastructure.OS_TEMPLATE, List.of(), "/mixin/os_tpl/" + id.term() + "/");
    }

    /**
     * A flavour; its collection lies below {@code /mixin/resource_tpl/}.
     *
     * @param defaults what a machine gets that asks for nothing else, by attribute name
     */
    public static Mixin flavour(CategoryId id, String title, Map<String, AttributeValue> defaults) {
        return flavour(id, title, defaults, "/mixin/resource_tpl/" + id.term() + "/");
    }

    static Mixin flavour(CategoryId id, String title, Map<String, AttributeValue> defaults, String location) {
        List<AttributeDefinition> attributes = defaults.entrySet().stream()
                .map(each -> AttributeDefinition.attribute(each.getKey(), typeOf(each.getValue()), "")
                        .withDefault(each.getValue()))
                .toList();
        return template(id, title, Infrastructure.RESOURCE_TEMPLATE, attributes, location);
    }

    private static Mixin template(
            CategoryId id, String title, CategoryId type, List<AttributeDefinition> attributes, String location) {
        return new Mixin(
                id,
                title,
                List.of(type),
                List.of(Infrastructure.COMPUTE),
                attributes,
                List.of(),
                Optional.of(location));
    }

    private static AttributeType typeOf(AttributeValue value) {
        return switch (value) {
            case AttributeValue.Text _ -> AttributeType.STRING;
            case AttributeValue.Numeric _ -> AttributeType.NUMBER;
            case AttributeValue.Bool _ -> AttributeType.BOOLEAN;
            case AttributeValue.Items _ -> AttributeType.ARRAY;
            case AttributeValue.Fields _ -> AttributeType.OBJECT;
        };
    }
}
