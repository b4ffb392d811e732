package hansa.faces.occi;

import static hansa.protocols.occi.AttributeDefinition.attribute;
import static hansa.protocols.occi.AttributeType.STRING;

import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.Extension;
import hansa.protocols.occi.Mixin;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * OCCI 1.1 has the actions {@code backup} and {@code snapshot} and no word for what they make (GFD.184 §3.3). Here it is
 * a storage that is {@code offline} for good and carries {@link #COPY}; one that was made of it carries
 * {@link #RESTORED}. Who has to know a copy again makes it as a storage with {@link #COPY} under an id of their own.
 */
final class CopyMixins {

    static final String KIND = "hansa.copy.kind";
    static final String OF = "hansa.copy.of";
    static final String TAKEN = "hansa.copy.taken";
    static final String FROM = "hansa.restored.from";

    private static final String COPY = "copy";
    private static final String RESTORED = "restored";

    private CopyMixins() {}

    static CategoryId copy(String schemeBase) {
        return new CategoryId(schemeBase + "/storage#", COPY);
    }

    static CategoryId restored(String schemeBase) {
        return new CategoryId(schemeBase + "/storage#", RESTORED);
    }

    /** @param schemeBase what the schemes of this installation begin with */
    static Extension extension(String schemeBase) {
        return new Extension(
                "copies",
                List.of(),
                List.of(
                        new Mixin(
                                copy(schemeBase),
                                "Snapshot or backup of a volume",
                                List.of(),
                                List.of(Infrastructure.STORAGE),
                                List.of(
                                        attribute(KIND, STRING, "How it stands to its volume")
                                                .oneOf("snapshot", "backup")
                                                .asRequired()
                                                .fixedAtCreation(),
                                        attribute(OF, STRING, "Id of the volume that it was taken of")
                                                .asRequired()
                                                .fixedAtCreation(),
                                        attribute(TAKEN, STRING, "The instant whose content it has")
                                                .readOnly()),
                                List.of(),
                                Optional.of("/mixin/hansa/copy/")),
                        new Mixin(
                                restored(schemeBase),
                                "Volume made of a snapshot or backup",
                                List.of(),
                                List.of(Infrastructure.STORAGE),
                                List.of(attribute(FROM, STRING, "Id of the snapshot or backup that it begins as")
                                        .asRequired()
                                        .fixedAtCreation()),
                                List.of(),
                                Optional.of("/mixin/hansa/restored/"))),
                Map.of());
    }
}
