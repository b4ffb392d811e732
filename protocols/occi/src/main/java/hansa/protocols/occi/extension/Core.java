package hansa.protocols.occi.extension;

import static hansa.protocols.occi.AttributeDefinition.attribute;
import static hansa.protocols.occi.AttributeType.STRING;
import static hansa.protocols.occi.AttributeType.URI;

import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.CoreAttributes;
import hansa.protocols.occi.Extension;
import hansa.protocols.occi.Kind;
import hansa.protocols.occi.Profile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds that all others descend from (GFD.183, GFD.221). */
public final class Core {
    private static final String SCHEME = "http://schemas.ogf.org/occi/core#";

    public static final CategoryId ENTITY = new CategoryId(SCHEME, "entity");
    public static final CategoryId RESOURCE = new CategoryId(SCHEME, "resource");
    public static final CategoryId LINK = new CategoryId(SCHEME, "link");

    private Core() {}

    public static Extension extension(Profile profile) {
        Optional<String> entityLocation = switch (profile) {
            case COMPATIBLE -> Optional.of("/entity/");
            case STRICT -> Optional.empty();
        };
        Kind entity = new Kind(
                ENTITY,
                "Entity",
                Optional.empty(),
                List.of(
                        attribute(CoreAttributes.ID, URI, "Identifier, unique within the provider")
                                .fixedAtCreation(),
                        attribute(CoreAttributes.TITLE, STRING, "Name for people")),
                List.of(),
                entityLocation);
        Kind resource = new Kind(
                RESOURCE,
                "Resource",
                Optional.of(ENTITY),
                List.of(attribute(CoreAttributes.SUMMARY, STRING, "What the resource is for")),
                List.of(),
                Optional.of("/resource/"));
        Kind link = new Kind(
                LINK,
                "Link",
                Optional.of(ENTITY),
                List.of(
                        attribute(CoreAttributes.SOURCE, URI, "The resource that the link starts from")
                                .asRequired()
                                .fixedAtCreation(),
                        attribute(CoreAttributes.SOURCE_KIND, URI, "The kind of the source")
                                .fixedAtCreation(),
                        attribute(CoreAttributes.TARGET, URI, "The resource that the link points to")
                                .asRequired()
                                .fixedAtCreation(),
                        attribute(CoreAttributes.TARGET_KIND, URI, "The kind of the target")
                                .fixedAtCreation()),
                List.of(),
                Optional.of("/link/"));
        return new Extension(
                "core",
                List.of(entity, resource, link),
                List.of(),
                Map.of(
                        "id", CoreAttributes.ID,
                        "title", CoreAttributes.TITLE,
                        "summary", CoreAttributes.SUMMARY,
                        "source", CoreAttributes.SOURCE,
                        "target", CoreAttributes.TARGET));
    }
}
