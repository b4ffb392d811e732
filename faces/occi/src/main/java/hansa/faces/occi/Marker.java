package hansa.faces.occi;

import hansa.federation.images.ImageId;
import hansa.federation.sites.FlavourId;
import hansa.protocols.occi.Mixin;
import java.util.Set;

/** What a mixin means here. */
sealed interface Marker {

    /** One that clients name by its category. */
    sealed interface Named extends Marker {}

    /** One that the model declares. */
    record Capability(Mixin mixin) implements Named {}

    /** An os_tpl. */
    record Image(ImageId id) implements Named {}

    /** A resource_tpl. */
    record Flavour(FlavourId id) implements Named {}

    /** One that a user made. */
    record UserTag(String id, String location) implements Named {}

    /**
     * Any whose collection lies below a path.
     *
     * @param folder begins and ends with a slash
     * @param tags identifiers of the users' own among them
     */
    record Below(String folder, Set<String> tags) implements Marker {}
}
