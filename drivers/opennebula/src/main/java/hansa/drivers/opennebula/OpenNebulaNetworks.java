package hansa.drivers.opennebula;

import hansa.cloud.CloudException;
import hansa.cloud.Networks;
import hansa.cloud.NicOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.RemoteNic;
import hansa.cloud.Token;
import hansa.protocols.opennebula.Element;
import hansa.protocols.opennebula.Template;
import hansa.protocols.opennebula.VirtualMachine;
import hansa.protocols.opennebula.VirtualNetwork;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Networks of our own, and interfaces plugged into machines later. A network can be taken down although OpenNebula
 * cannot do that: each has a security group of its own, whose rules are taken away and given back. OpenNebula adds its default
 * group, which lets everything pass, to each network that is made; it is taken off again.
 */
final class OpenNebulaNetworks implements Networks {

    private static final Logger LOG = LoggerFactory.getLogger(OpenNebulaNetworks.class);

    private final Account account;
    private final NetworkAccount networks;
    private final Watch watch;
    private final Orders orders;
    private final NetworkPlan plan;
    private final Set<String> publicOnes;

    OpenNebulaNetworks(
            Account account,
            NetworkAccount networks,
            Watch watch,
            Orders orders,
            NetworkPlan plan,
            Set<String> publicOnes) {
        this.account = account;
        this.networks = networks;
        this.watch = watch;
        this.orders = orders;
        this.plan = plan;
        this.publicOnes = publicOnes;
    }

    private RemoteNetwork view(VirtualNetwork network) {
        return NetworkView.of(network, publicOnes);
    }

    @Override
    public RemoteNetwork create(
            Token token,
            String name,
            Optional<String> cidr,
            Optional<String> gateway,
            boolean dynamicAddresses,
            Optional<Integer> vlan) {
        Template template = plan.network(token, name, cidr, gateway, dynamicAddresses, vlan);
        Optional<VirtualNetwork> made = named(token);
        if (made.filter(NetworkView::hasOneGroup).isPresent()) {
            return view(made.get());
        }
        int group = securityGroup(token);
        int number = made.isPresent()
                ? made.get().id()
                : allocate(token, template.with(NetworkView.GROUPS, Integer.toString(group)));
        VirtualNetwork network = watch.until(() -> networks.network(number), one -> !one.isBeingMade());
        if (NetworkView.hasOneGroup(network)) {
            return view(network);
        }
        networks.update(number, Template.EMPTY.with(NetworkView.GROUPS, Integer.toString(group)));
        return view(networks.network(number));
    }

    private int allocate(Token token, Template template) {
        try {
            return networks.allocate(template);
        } catch (CloudException.Conflict taken) {
            return named(token).orElseThrow(() -> taken).id();
        }
    }

    private Optional<VirtualNetwork> named(Token token) {
        String name = Marks.Kind.NETWORK.name(token);
        return networks.usable().stream()
                .filter(network -> network.name().equals(name))
                .findFirst();
    }

    /** The one that was made by an attempt before, or a new one. */
    private int securityGroup(Token token) {
        String name = Marks.Kind.NETWORK.name(token);
        Optional<Integer> there = networks.securityGroup(name);
        if (there.isPresent()) {
            return there.get();
        }
        try {
            return networks.allocateSecurityGroup(NetworkPlan.open().with("NAME", name));
        } catch (CloudException.Conflict taken) {
            return networks.securityGroup(name).orElseThrow(() -> taken);
        }
    }

    @Override
    public Optional<RemoteNetwork> findByToken(Token token) {
        return named(token).map(this::view);
    }

    @Override
    public RemoteNetwork read(RemoteId network) {
        return view(there(network));
    }

    private VirtualNetwork there(RemoteId network) {
        return networks.network(account.number(network, "network"));
    }

    @Override
    public List<RemoteNetwork> list() {
        return networks.usable().stream().map(this::view).toList();
    }

    @Override
    public void delete(RemoteId network) {
        try {
            VirtualNetwork there = there(network);
            requireOurs(there);
            if (there.usedLeases() > 0) {
                throw new CloudException.Conflict("machines are connected to the network " + network);
            }
            networks.delete(there.id());
            forgetSecurityGroup(there);
        } catch (CloudException.NotFound e) {
            // Gone already, which is what was wanted.
        }
    }

    /** What is left over is in nobody's way, and the network that it was made for is gone. */
    private void forgetSecurityGroup(VirtualNetwork network) {
        try {
            networks.securityGroup(network.name()).ifPresent(networks::deleteSecurityGroup);
        } catch (CloudException e) {
            LOG.info("the security group {} stays behind at OpenNebula: {}", network.name(), e.text());
        }
    }

    private static void requireOurs(VirtualNetwork network) {
        if (Marks.Kind.NETWORK.token(network.name()).isEmpty()) {
            throw new CloudException.Conflict(
                    "the network " + network.id() + " was not made by Hansa and is not changed by it");
        }
    }

    @Override
    public RemoteNetwork setActive(RemoteId network, boolean active) {
        VirtualNetwork there = there(network);
        if (NetworkView.isActive(there) == active) {
            return view(there);
        }
        requireOurs(there);
        int group = networks.securityGroup(there.name())
                .orElseThrow(() -> new CloudException.Conflict(
                        "the security group of the network " + network + " is gone, so it cannot be taken up or down"));
        networks.setRules(group, active ? NetworkPlan.open() : NetworkPlan.closed());
        networks.update(
                there.id(),
                Template.EMPTY
                        .with(NetworkView.DOWN, active ? "NO" : "YES")
                        .with(NetworkView.GROUPS, Integer.toString(group)));
        return read(network);
    }

    @Override
    public RemoteNic attach(RemoteId machine, NicOrder order) {
        int number = account.number(machine, "machine");
        VirtualNetwork network = there(order.network());
        Optional<Element> there = nic(watch.settled(number), order.token());
        if (there.isPresent()) {
            return MachineView.nic(there.get());
        }
        networks.attach(number, Template.EMPTY.with("NIC", orders.nic(order)));
        return nic(watch.settled(number), order.token())
                .map(MachineView::nic)
                .orElseThrow(() -> new CloudException.Conflict(
                        "OpenNebula did not connect the machine " + machine + " to the network " + network.id()));
    }

    private static Optional<Element> nic(VirtualMachine vm, Token token) {
        return vm.nics().stream()
                .filter(nic -> Marks.tokenOf(nic).equals(Optional.of(token)))
                .findFirst();
    }

    @Override
    public void detach(RemoteId machine, RemoteId nic) {
        try {
            int number = account.number(machine, "machine");
            int interfaceNumber = account.number(nic, "interface");
            boolean there = watch.settled(number).nics().stream()
                    .anyMatch(one -> one.integer("NIC_ID").orElse(-1) == interfaceNumber);
            if (there) {
                networks.detach(number, interfaceNumber);
                watch.settled(number);
            }
        } catch (CloudException.NotFound e) {
            // Where one of both is gone, nothing is plugged in.
        }
    }
}
