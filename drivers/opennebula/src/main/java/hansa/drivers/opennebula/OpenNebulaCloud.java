package hansa.drivers.opennebula;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription;
import hansa.cloud.CloudException;
import hansa.cloud.Facet;
import hansa.cloud.MachineOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Token;
import hansa.protocols.opennebula.VirtualMachine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/** One OpenNebula. Machines that we neither made nor adopted are not touched. */
final class OpenNebulaCloud implements Cloud {

    private static final SequencedMap<String, String> NO_GROUP =
            Collections.unmodifiableSequencedMap(new LinkedHashMap<>());

    private final Account account;
    private final Offer offer;
    private final Caps caps;
    private final Watch watch;
    private final Orders orders;
    private final Power power;
    private final Members members;
    private final OpenNebulaGroups groups;
    private final Optional<ImageServer> imageServer;
    private final List<Facet> facets;
    private final TokenLocks locks = new TokenLocks();

    OpenNebulaCloud(OpenNebulaSettings settings) {
        Rpc rpc = new Rpc(settings);
        this.account = new Account(rpc, settings.page());
        NetworkAccount networks = new NetworkAccount(rpc);
        this.caps = new Caps(account, settings.caps());
        this.offer = new Offer(account, networks, settings, new Room(rpc, settings.cpuPerCore()), caps);
        this.watch = new Watch(account, settings.timeLimit(), settings.gracePeriod());
        this.orders = new Orders(account, networks, settings);
        this.power = new Power(account, watch);
        this.members = new Members(settings.hostLimit());
        this.groups = new OpenNebulaGroups(new GroupAccount(rpc), orders, watch, this::create);
        OpenNebulaVolumes volumes = new OpenNebulaVolumes(account, watch, settings.datastore());
        CopyAccount copies = new CopyAccount(rpc);
        List<Facet> all = new ArrayList<>(List.of(
                volumes,
                new OpenNebulaVolumeCopies(account, copies, watch, volumes),
                new OpenNebulaNetworks(
                        account,
                        networks,
                        watch,
                        orders,
                        new NetworkPlan(settings.networkDriver(), settings.physicalDevice()),
                        settings.publicNetworks()),
                new OpenNebulaResizing(account, watch, orders),
                new OpenNebulaAdoption(account),
                new OpenNebulaUsage(rpc, account),
                groups));
        if (settings.keepSnapshots()) {
            all.add(new OpenNebulaSnapshots(account, rpc, watch));
        }
        this.imageServer = settings.images().map(images -> new ImageServer(images.server()));
        settings.images()
                .ifPresent(images -> all.add(new OpenNebulaImages(
                        account, copies, watch, imageServer.orElseThrow(), images, settings.datastore())));
        this.facets = List.copyOf(all);
    }

    @Override
    public CloudDescription describe() {
        return offer.describe();
    }

    @Override
    public RemoteMachine create(MachineOrder order) {
        return create(order, () -> orders.place(order, NO_GROUP));
    }

    private RemoteMachine create(MachineOrder order, IntSupplier place) {
        return locks.holding(order.token(), () -> {
            List<VirtualMachine> made = madeWith(order.token());
            // More than one there can only be when two nodes looked at the same moment.
            made.stream().skip(1).forEach(extra -> end(extra.id()));
            return members.view(
                    made.isEmpty() ? account.machine(caps.within(order, place::getAsInt)) : made.getFirst());
        });
    }

    /** The oldest first. */
    private List<VirtualMachine> madeWith(Token token) {
        return account.machines().stream()
                .filter(machine -> Marks.tokenOf(machine.userTemplate()).equals(Optional.of(token)))
                .sorted(Comparator.comparingInt(VirtualMachine::id))
                .toList();
    }

    @Override
    public Optional<RemoteMachine> findByToken(Token token) {
        return madeWith(token).stream().findFirst().map(members::view);
    }

    @Override
    public RemoteMachine read(RemoteId machine) {
        return members.view(account.machine(number(machine)));
    }

    private int number(RemoteId machine) {
        return account.number(machine, "machine");
    }

    @Override
    public List<RemoteMachine> list() {
        List<VirtualMachine> all = account.machines();
        members.retain(all.stream().map(VirtualMachine::id).collect(Collectors.toSet()));
        return all.stream()
                .map(members::view)
                .filter(machine -> machine.token().isPresent())
                .toList();
    }

    @Override
    public void delete(RemoteId machine) {
        try {
            end(number(machine));
        } catch (CloudException.NotFound e) {
            // Gone already, which is what was wanted.
        }
    }

    /** Its group goes with its last machine. */
    private void end(int machine) {
        terminate(machine);
        members.leave(machine).ifPresent(group -> watch.whenGone(machine, () -> groups.leave(group)));
    }

    /** OpenNebula ends no machine that is being brought to its host; administrators can, others have to wait. */
    private void terminate(int machine) {
        try {
            account.act(machine, "terminate-hard");
        } catch (CloudException.Conflict busy) {
            if (States.ends(account.machine(machine))) {
                return;
            }
            try {
                account.recoverByDeleting(machine);
            } catch (CloudException.Unauthorised | CloudException.Conflict e) {
                watch.endLater(machine);
            }
        }
    }

    @Override
    public void power(RemoteId machine, PowerAction action) {
        power.act(number(machine), action);
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> facet) {
        return facets.stream().filter(facet::isInstance).map(facet::cast).findFirst();
    }

    @Override
    public Recovery recover(Set<Token> known) {
        return Recovery.of(
                known,
                list().stream().map(machine -> machine.token().orElseThrow()).toList());
    }

    @Override
    public void close() {
        imageServer.ifPresent(ImageServer::close);
        watch.close();
        account.close();
    }
}
