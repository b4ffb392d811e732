package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.cloud.Networks;
import hansa.cloud.NicOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.RemoteNic;
import hansa.cloud.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Subnets of the VPC as networks, and the network on which interfaces are public addresses. */
final class Ec2Networks implements Networks {

    private final Query query;
    private final Tags tags;
    private final Place place;
    private final NetworkGroups groups;
    private final Addresses addresses;
    private final Cards cards;
    private final Instances instances;
    private final MachineView view;
    private final Patience patience;
    private final List<String> usualGroups;
    private final Locks locks = new Locks();

    Ec2Networks(
            Query query,
            Tags tags,
            Place place,
            NetworkGroups groups,
            Addresses addresses,
            Cards cards,
            Instances instances,
            MachineView view,
            Patience patience,
            List<String> usualGroups) {
        this.query = query;
        this.tags = tags;
        this.place = place;
        this.groups = groups;
        this.addresses = addresses;
        this.cards = cards;
        this.instances = instances;
        this.view = view;
        this.patience = patience;
        this.usualGroups = usualGroups;
    }

    @Override
    public RemoteNetwork create(
            Token token,
            String name,
            Optional<String> cidr,
            Optional<String> gateway,
            boolean dynamicAddresses,
            Optional<Integer> vlan) {
        checkWishes(cidr, gateway, dynamicAddresses, vlan);
        return locks.holding(token.value(), () -> {
            Place.Subnet subnet = with(token).orElseGet(() -> make(token, name, cidr));
            groups.ensure(token, subnet);
            return read(new RemoteId(subnet.id()));
        });
    }

    private static void checkWishes(
            Optional<String> cidr, Optional<String> gateway, boolean dynamicAddresses, Optional<Integer> vlan) {
        Optional<Ipv4Block> block = cidr.flatMap(Ipv4Block::read);
        if (cidr.isPresent() && block.isEmpty()) {
            throw new CloudException.InvalidRequest(
                    "'" + Problem.oneLine(cidr.get()) + "' is no range of IPv4 addresses such as 172.31.200.0/24");
        }
        if (vlan.isPresent()) {
            throw new CloudException.InvalidRequest("EC2 has no VLANs; leave the VLAN out");
        }
        if (!dynamicAddresses) {
            throw new CloudException.InvalidRequest("EC2 gives every guest its address by DHCP; it cannot be without");
        }
        if (gateway.isPresent() && !gateway.equals(block.map(Ipv4Block::router))) {
            throw new CloudException.InvalidRequest(
                    "EC2 has its router at the second address of a network; leave the gateway out");
        }
    }

    private Place.Subnet make(Token token, String name, Optional<String> cidr) {
        String vpc = place.vpc()
                .orElseThrow(() -> new CloudException.InvalidRequest(
                        "there is no default VPC to make networks in; the administrator has to set 'vpc'"));
        Form form = Form.of("CreateSubnet")
                .with("VpcId", vpc)
                .with("CidrBlock", cidr.orElseGet(() -> freePart(vpc)))
                .with("AvailabilityZone", place.zone())
                .tagging("subnet", tags.of(token, name));
        Place.Subnet made;
        try {
            made = Place.Subnet.read(query.call(form).child("subnet"));
        } catch (CloudException.Conflict taken) {
            // Perhaps by ourselves, when an answer was lost.
            return with(token).orElseThrow(() -> taken);
        }
        patience.until(() -> place.find(made.id()), Optional::isPresent);
        if (tags.tokenOf(made.tags()).isEmpty() && with(token).isEmpty()) {
            query.call(
                    Form.of("CreateTags").list("ResourceId", List.of(made.id())).tags("Tag", tags.of(token, name)));
        }
        return made;
    }

    private String freePart(String vpc) {
        List<Ipv4Block> taken = query.all(Form.of("DescribeSubnets").filter("vpc-id", vpc), "subnetSet").stream()
                .flatMap(item -> Ipv4Block.read(item.text("cidrBlock")).stream())
                .toList();
        return query.some(Form.of("DescribeVpcs").list("VpcId", List.of(vpc)), "vpcSet").stream()
                .flatMap(item -> item.items("cidrBlockAssociationSet").isEmpty()
                        ? List.of(item).stream()
                        : item.items("cidrBlockAssociationSet").stream())
                .flatMap(item -> Ipv4Block.read(item.text("cidrBlock")).stream())
                .flatMap(block -> block.freePart(taken).stream())
                .findFirst()
                .map(Ipv4Block::toString)
                .orElseThrow(
                        () -> new CloudException.NoCapacity("the VPC " + vpc + " has no room for another network"));
    }

    private Optional<Place.Subnet> with(Token token) {
        return query.some(Form.of("DescribeSubnets").filter("tag:" + tags.token(), token.value()), "subnetSet").stream()
                .findFirst()
                .map(Place.Subnet::read);
    }

    @Override
    public Optional<RemoteNetwork> findByToken(Token token) {
        return with(token).map(subnet -> network(subnet, groups.of(subnet.id())));
    }

    @Override
    public RemoteNetwork read(RemoteId network) {
        if (addresses.isOurs(network)) {
            return addresses.network().orElseThrow();
        }
        Place.Subnet subnet = subnet(network);
        return network(subnet, groups.of(subnet.id()));
    }

    private Place.Subnet subnet(RemoteId network) {
        return place.find(network.value())
                .orElseThrow(() ->
                        new CloudException.NotFound("EC2 has no network '" + Problem.oneLine(network.value()) + "'"));
    }

    /** Those that Hansa made. */
    @Override
    public List<RemoteNetwork> list() {
        List<Place.Subnet> ours =
                query.all(Form.of("DescribeSubnets").filter("tag-key", tags.token()), "subnetSet").stream()
                        .map(Place.Subnet::read)
                        .toList();
        return shown(ours);
    }

    /** All that machines can be ordered on. */
    List<RemoteNetwork> offered() {
        List<RemoteNetwork> all = new ArrayList<>(shown(place.subnets()));
        addresses.network().ifPresent(all::add);
        return all;
    }

    private List<RemoteNetwork> shown(List<Place.Subnet> subnets) {
        boolean ours = subnets.stream().anyMatch(one -> tags.tokenOf(one.tags()).isPresent());
        Map<String, NetworkGroups.Group> all = ours ? groups.all() : Map.of();
        return subnets.stream()
                .map(one -> network(one, Optional.ofNullable(all.get(one.id()))))
                .toList();
    }

    private RemoteNetwork network(Place.Subnet subnet, Optional<NetworkGroups.Group> group) {
        Optional<Token> token = tags.tokenOf(subnet.tags());
        boolean passes = token.isEmpty() || group.map(NetworkGroups.Group::open).orElse(false);
        return new RemoteNetwork(
                new RemoteId(subnet.id()),
                token,
                subnet.name(),
                Optional.of(subnet.cidr()).filter(cidr -> !cidr.isEmpty()),
                Ipv4Block.read(subnet.cidr()).map(Ipv4Block::router),
                true,
                Optional.empty(),
                subnet.available() && passes);
    }

    @Override
    public void delete(RemoteId network) {
        if (addresses.isOurs(network)) {
            throw new CloudException.InvalidRequest("the network of public addresses is not one that can be deleted");
        }
        Optional<Place.Subnet> there = place.find(network.value());
        if (there.isPresent()) {
            requireOurs(there.get());
            if (cards.anyOn(network.value())) {
                throw new CloudException.Conflict("the network " + network + " has interfaces; detach them first");
            }
            try {
                query.call(Form.of("DeleteSubnet").with("SubnetId", network.value()));
            } catch (CloudException.NotFound e) {
                // Gone already, which is what was wanted.
            }
        }
        // Also when the network is gone: whoever deleted it may have been interrupted here.
        groups.delete(network.value());
    }

    private void requireOurs(Place.Subnet subnet) {
        if (tags.tokenOf(subnet.tags()).isEmpty()) {
            throw new CloudException.InvalidRequest(
                    "the network " + subnet.id() + " was not made by Hansa and is left as it is");
        }
    }

    @Override
    public RemoteNetwork setActive(RemoteId network, boolean active) {
        if (addresses.isOurs(network)) {
            throw new CloudException.InvalidRequest("the network of public addresses cannot be taken down");
        }
        Place.Subnet subnet = subnet(network);
        requireOurs(subnet);
        NetworkGroups.Group group = groups.of(subnet.id())
                .orElseThrow(() ->
                        new CloudException.Conflict("the network " + subnet.id() + " has lost its security group"));
        if (active) {
            groups.open(group.id());
        } else {
            groups.close(group.id());
        }
        return patience.until(() -> read(network), seen -> seen.active() == active);
    }

    /** The security groups of interfaces on a network. */
    List<String> groupsOn(RemoteId network) {
        Place.Subnet subnet = subnet(network);
        return tags.tokenOf(subnet.tags()).isEmpty()
                ? usualGroups
                : groups.of(subnet.id()).stream().map(NetworkGroups.Group::id).toList();
    }

    @Override
    public RemoteNic attach(RemoteId machine, NicOrder order) {
        return locks.holding(machine.value(), () -> {
            Instance instance = instances.get(machine);
            if (addresses.isOurs(order.network())) {
                return MachineView.nic(addresses.attach(instance, order.token()), instance);
            }
            String card = cards.attach(instance, order, groupsOn(order.network()));
            return patience.until(() -> shown(machine, card), Optional::isPresent)
                    .orElseThrow(() -> new CloudException.Unavailable(
                            "the interface " + card + " was plugged in and does not show yet"));
        });
    }

    private Optional<RemoteNic> shown(RemoteId machine, String card) {
        return view.of(instances.get(machine)).nics().stream()
                .filter(nic -> nic.id().value().equals(card))
                .findFirst();
    }

    @Override
    public void detach(RemoteId machine, RemoteId nic) {
        if (Addresses.isAddress(nic)) {
            addresses.detach(machine.value(), nic);
        } else {
            cards.detach(machine.value(), nic.value());
        }
    }
}
