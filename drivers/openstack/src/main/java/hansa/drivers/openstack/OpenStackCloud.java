package hansa.drivers.openstack;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription;
import hansa.cloud.CloudException;
import hansa.cloud.Facet;
import hansa.cloud.HostAffinity;
import hansa.cloud.HostGroup;
import hansa.cloud.MachineOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Token;
import hansa.cloud.VolumeCopies;
import hansa.cloud.Volumes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** One project of an OpenStack. Machines in it that we did not make or take over are neither shown nor touched. */
final class OpenStackCloud implements Cloud {

    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final Wire wire;
    private final InstantSource clock;
    private final Keystone keystone;
    private final OpenStackSettings settings;
    private final Nova nova;
    private final Nics nics;
    private final Ports ports;
    private final PublicAddresses addresses;
    private final Orders orders;
    private final ServerGroups serverGroups;
    private final Power power;
    private final Confirmations confirmations;
    private final Offer offer;
    private final OpenStackSnapshots snapshots;
    private final List<Facet> facets;
    private final TokenLocks locks = new TokenLocks();
    private volatile Instant silentUntil = Instant.MIN;

    OpenStackCloud(OpenStackSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.wire = new Wire(settings);
        this.keystone = new Keystone(wire, settings, clock);
        Service compute = service(ServiceKind.COMPUTE);
        Service network = service(ServiceKind.NETWORK);
        Service volume = service(ServiceKind.VOLUME);
        int page = settings.page();
        Patience patience = new Patience(settings.timeLimit());
        Flavours flavours = new Flavours(compute, page);
        this.nova = new Nova(compute, flavours, patience, settings.dialect(), page);
        Neutron neutron = new Neutron(network, settings);
        this.nics = new Nics(network, neutron, page);
        SecurityGroups groups = new SecurityGroups(network, settings);
        this.ports = new Ports(network, groups, page);
        this.addresses = new PublicAddresses(network, nics, page);
        this.power = new Power(nova);
        this.confirmations = new Confirmations(nova);
        Glance glance = new Glance(service(ServiceKind.IMAGE), compute, settings);
        Disks disks = new Disks(flavours, glance, this::hasVolumes, settings);
        this.orders =
                new Orders(nova, flavours, new KeyPairs(compute), groups, neutron, ports, addresses, disks, settings);
        this.serverGroups = new ServerGroups(compute, nova);
        HostAffinity affinity = this::createInGroup;
        this.offer = new Offer(
                compute,
                service(ServiceKind.PLACEMENT),
                service(ServiceKind.ACCOUNT),
                settings.dialect().limitsAtCompute(),
                flavours,
                glance,
                neutron,
                clock);
        Cinder cinder = new Cinder(volume, patience, settings);
        OpenStackVolumes volumes = new OpenStackVolumes(cinder, nova, compute, locks);
        this.snapshots = new OpenStackSnapshots(nova, glance, patience, locks);
        this.facets = List.of(
                snapshots,
                new OpenStackNetworks(
                        network,
                        neutron,
                        nova,
                        compute,
                        nics,
                        ports,
                        addresses,
                        new NetworkPlan(settings),
                        patience,
                        locks),
                new OpenStackImages(glance, nova, locks),
                new OpenStackConsole(compute),
                new OpenStackResizing(nova, flavours, this::view),
                volumes,
                new OpenStackVolumeCopies(cinder, volumes, locks),
                new OpenStackAdoption(nova, this::views, this::view),
                new OpenStackUsage(compute, nova, page),
                affinity);
    }

    private Service service(ServiceKind kind) {
        return new Service(wire, keystone, settings, kind);
    }

    @Override
    public CloudDescription describe() {
        return offer.now();
    }

    @Override
    public RemoteMachine create(MachineOrder order) {
        return create(order, () -> orders.place(order, Optional.empty()));
    }

    private RemoteMachine createInGroup(MachineOrder order, HostGroup group) {
        Map<String, String> metadata = ServerGroups.metadata(group);
        return create(
                order,
                () -> serverGroups.placed(
                        group, id -> orders.place(order, Optional.of(new Orders.Joined(id, metadata)))));
    }

    private RemoteMachine create(MachineOrder order, Supplier<RemoteId> placing) {
        return locks.holding(order.token(), () -> {
            List<Server> made = nova.madeWith(order.token());
            // More than one there can only be when two nodes looked at the same moment.
            made.stream().skip(1).forEach(extra -> nova.delete(new RemoteId(extra.id())));
            return view(made.isEmpty() ? nova.read(placing.get()) : made.getFirst());
        });
    }

    private RemoteMachine view(Server server) {
        Server seen = confirmations.seen(server);
        return new RemoteMachine(
                new RemoteId(seen.id()),
                seen.token(),
                seen.name(),
                States.of(seen),
                States.message(seen),
                seen.size(),
                nics.of(seen),
                seen.volumes().stream()
                        .map(id -> new RemoteDisk(new RemoteId(id), ""))
                        .toList(),
                seen.created());
    }

    private List<RemoteMachine> views(List<Server> servers) {
        nics.learn(servers);
        return servers.stream().map(this::view).toList();
    }

    @Override
    public Optional<RemoteMachine> findByToken(Token token) {
        return nova.madeWith(token).stream().findFirst().map(this::view);
    }

    @Override
    public RemoteMachine read(RemoteId machine) {
        return view(nova.read(machine));
    }

    @Override
    public List<RemoteMachine> list() {
        return views(
                nova.all().stream().filter(server -> server.token().isPresent()).toList());
    }

    @Override
    public void delete(RemoteId machine) {
        try {
            Server server = nova.ours(machine);
            if (server.metadata().containsKey(Marks.EXTRAS)) {
                // Nobody would know of them when the machine is gone.
                addresses.giveBackOf(server.token().orElseThrow());
                ports.deleteOf(server.token().orElseThrow());
            }
            snapshots.deleteOf(server);
            serverGroups.leaving(server, () -> nova.delete(machine));
        } catch (CloudException.NotFound e) {
            // Gone already, which is what was wanted.
        }
    }

    @Override
    public void power(RemoteId machine, PowerAction action) {
        power.act(machine, action);
    }

    /**
     * Volumes are there where the catalogue has Cinder. A cloud that is down has the facets that it may have: what they are asked is
     * refused as everything else is.
     */
    @Override
    public <F extends Facet> Optional<F> facet(Class<F> facet) {
        boolean ofCinder = facet == Volumes.class || facet == VolumeCopies.class;
        if (!settings.dialect().has(facet) || ofCinder && !hasVolumes()) {
            return Optional.empty();
        }
        return facets.stream().filter(facet::isInstance).map(facet::cast).findFirst();
    }

    private boolean hasVolumes() {
        if (!settings.volumes()) {
            return false;
        }
        Optional<Catalogue> known = keystone.known();
        if (known.isEmpty() && clock.instant().isBefore(silentUntil)) {
            return true;
        }
        try {
            Catalogue catalogue = known.orElseGet(() -> keystone.session().catalogue());
            return catalogue.find(ServiceKind.VOLUME, settings).isPresent();
        } catch (CloudException e) {
            // A cloud that hangs is not waited for again by everybody who asks.
            silentUntil = clock.instant().plus(SILENCE);
            return true;
        }
    }

    @Override
    public Recovery recover(Set<Token> known) {
        return Recovery.of(
                known,
                list().stream().map(machine -> machine.token().orElseThrow()).toList());
    }

    @Override
    public void close() {
        confirmations.close();
        wire.close();
    }
}
