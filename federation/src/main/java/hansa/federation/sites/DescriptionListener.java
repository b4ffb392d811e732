package hansa.federation.sites;

import hansa.cloud.CloudDescription;
import hansa.cloud.CloudName;
import hansa.kernel.store.Tx;

/** Learns in the same unit of work that a cloud offers something else than before. */
@FunctionalInterface
public interface DescriptionListener {

    void described(Tx tx, CloudName cloud, CloudDescription description);
}
