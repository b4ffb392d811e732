package hansa.faces.occi;

import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.Map;
import java.util.Optional;

/** Which kind of link goes to which kind of resource, for clients that leave the link's kind out. */
final class LinkKinds {

    private static final Map<CategoryId, CategoryId> BY_TARGET = Map.of(
            Infrastructure.NETWORK, Infrastructure.NETWORK_INTERFACE,
            Infrastructure.STORAGE, Infrastructure.STORAGE_LINK);

    private LinkKinds() {}

    static Optional<CategoryId> to(CategoryId target) {
        return Optional.ofNullable(BY_TARGET.get(target));
    }
}
