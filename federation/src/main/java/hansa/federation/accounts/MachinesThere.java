package hansa.federation.accounts;

import hansa.cloud.CloudName;
import org.jdbi.v3.core.Handle;

/** Knows who has machines at a cloud. */
@FunctionalInterface
public interface MachinesThere {

    /** @param otherThan the id of a machine that does not count; empty = all count */
    boolean any(Handle sql, String owner, String vo, CloudName cloud, String otherThan);
}
