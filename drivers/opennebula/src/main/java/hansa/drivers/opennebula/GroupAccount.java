package hansa.drivers.opennebula;

import hansa.cloud.CloudException;
import hansa.protocols.opennebula.Template;
import hansa.protocols.opennebula.Value;
import hansa.protocols.opennebula.VmGroup;
import java.util.List;
import java.util.Optional;

/** The account's calls for its groups of machines. */
final class GroupAccount {

    private static final Value OWN = Value.of(-3);
    private static final Value OPEN_END = Value.of(-1);

    private final Rpc rpc;

    GroupAccount(Rpc rpc) {
        this.rpc = rpc;
    }

    List<VmGroup> own() {
        return rpc.document(VmGroup::pool, "one.vmgrouppool.info", OWN, OPEN_END, OPEN_END);
    }

    Optional<VmGroup> named(String name) {
        return own().stream().filter(group -> group.name().equals(name)).findFirst();
    }

    /** Empty where there is none (any more). */
    Optional<VmGroup> group(int id) {
        try {
            return Optional.of(rpc.document(VmGroup::of, "one.vmgroup.info", Value.of(id)));
        } catch (CloudException.NotFound e) {
            return Optional.empty();
        }
    }

    /** @throws CloudException.Conflict where the name is taken */
    int allocate(Template template) {
        return rpc.number("one.vmgroup.allocate", Value.of(template.toXml()));
    }

    /**
     * Takes a role away, if no machine has it; then none can join it any more.
     *
     * @throws CloudException.Conflict where machines have it
     * @throws CloudException.InvalidRequest from versions that cannot
     */
    void deleteRole(int group, int role) {
        rpc.tell("one.vmgroup.roledelete", Value.of(group), Value.of(role));
    }

    /** Also while machines are in it, which then are in none. */
    void delete(int group) {
        rpc.tell("one.vmgroup.delete", Value.of(group));
    }
}
