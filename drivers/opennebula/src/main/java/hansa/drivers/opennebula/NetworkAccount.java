package hansa.drivers.opennebula;

import hansa.cloud.CloudException;
import hansa.protocols.opennebula.Element;
import hansa.protocols.opennebula.Template;
import hansa.protocols.opennebula.Value;
import hansa.protocols.opennebula.VirtualNetwork;
import java.util.List;
import java.util.Optional;

/** The account's calls for networks, interfaces and security groups. */
final class NetworkAccount {

    private static final Value OWN = Value.of(-3);
    private static final Value USABLE = Value.of(-2);
    private static final Value OPEN_END = Value.of(-1);
    private static final Value DEFAULT_CLUSTER = Value.of(-1);
    private static final Value REPLACE = Value.of(0);
    private static final Value APPEND = Value.of(1);

    private final Rpc rpc;

    NetworkAccount(Rpc rpc) {
        this.rpc = rpc;
    }

    /** All that the account may use and that are not about to go. */
    List<VirtualNetwork> usable() {
        return rpc.document(VirtualNetwork::pool, "one.vnpool.info", USABLE, OPEN_END, OPEN_END).stream()
                .filter(network -> !network.isGoing())
                .toList();
    }

    /** @throws CloudException.NotFound also for one that is about to go */
    VirtualNetwork network(int id) {
        VirtualNetwork network = rpc.document(VirtualNetwork::of, "one.vn.info", Value.of(id));
        if (network.isGoing()) {
            throw new CloudException.NotFound("the network " + id + " is gone");
        }
        return network;
    }

    int allocate(Template template) {
        return rpc.number("one.vn.allocate", Value.of(template.toXml()), DEFAULT_CLUSTER);
    }

    void update(int network, Template more) {
        rpc.tell("one.vn.update", Value.of(network), Value.of(more.toXml()), APPEND);
    }

    void delete(int network) {
        rpc.tell("one.vn.delete", Value.of(network));
    }

    /** The number of our security group of that name. */
    Optional<Integer> securityGroup(String name) {
        Element pool = rpc.document(document -> document, "one.secgrouppool.info", OWN, OPEN_END, OPEN_END);
        return pool.children("SECURITY_GROUP").stream()
                .filter(group -> group.text("NAME").equals(Optional.of(name)))
                .flatMap(group -> group.integer("ID").stream().boxed())
                .findFirst();
    }

    int allocateSecurityGroup(Template template) {
        return rpc.number("one.secgroup.allocate", Value.of(template.toXml()));
    }

    void deleteSecurityGroup(int group) {
        rpc.tell("one.secgroup.delete", Value.of(group));
    }

    /** Also for the machines that are connected already. */
    void setRules(int group, Template rules) {
        rpc.tell("one.secgroup.update", Value.of(group), Value.of(rules.toXml()), REPLACE);
        rpc.tell("one.secgroup.commit", Value.of(group), Value.of(false));
    }

    void attach(int machine, Template nic) {
        rpc.tell("one.vm.attachnic", Value.of(machine), Value.of(nic.toXml()));
    }

    void detach(int machine, int nic) {
        rpc.tell("one.vm.detachnic", Value.of(machine), Value.of(nic));
    }
}
