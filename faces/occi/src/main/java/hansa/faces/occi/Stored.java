package hansa.faces.occi;

import hansa.protocols.occi.Entity;
import java.util.function.Supplier;

/**
 * An entity as it stands in the store.
 *
 * @param form makes it what a rendering shows; called only where no rendering of this generation is at hand
 */
record Stored(String id, long generation, Supplier<Entity> form) {

    Entity entity() {
        return form.get();
    }
}
