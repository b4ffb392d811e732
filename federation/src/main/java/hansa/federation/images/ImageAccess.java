package hansa.federation.images;

import hansa.federation.caller.Caller;
import hansa.federation.caller.Scope;
import hansa.federation.policy.Action;
import hansa.federation.policy.Policy;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.policy.AccessRequest.Resource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Who may do what with images. */
final class ImageAccess {

    private final Policy policy;

    ImageAccess(Policy policy) {
        this.policy = policy;
    }

    static Resource about(Image image) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put("state", image.state().name().toLowerCase(Locale.ROOT));
        if (image.audience().isEverybody()) {
            attributes.put("shared", "everybody");
        }
        if (image.audience().isNarrow()) {
            attributes.put("group", image.audience().text());
        }
        return new Resource("image", image.id().value(), image.owner(), image.vo(), attributes);
    }

    /** Whether it exists for the caller, whatever their credential may be used for. */
    boolean visible(Caller caller, Image image) {
        return policy.permits(caller.within(Scope.ALL), Action.IMAGE_READ, about(image));
    }

    /** Who may not know of it is told that there is none. */
    void requireLook(Caller caller, Image image) {
        if (!policy.permits(caller, Action.IMAGE_READ, about(image))) {
            if (!visible(caller, image)) {
                throw noImage(image.id());
            }
            policy.require(caller, Action.IMAGE_READ, about(image));
        }
    }

    static Failure noImage(ImageId id) {
        return new Failure(
                ErrorCode.RESOURCE_NOT_FOUND, "There is no image '" + id + "'; list the images to see which are.");
    }
}
