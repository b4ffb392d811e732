package hansa.drivers.simulated;

import hansa.cloud.CloudException;
import hansa.cloud.Networks;
import hansa.cloud.NicOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.RemoteNic;
import hansa.cloud.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Networks of the simulated cloud. Those that were always there cannot be deleted. */
final class SimulatedNetworks implements Networks {

    private static final int MOST_NICS = 32;
    private static final int MOST_CHOSEN_RANGES = 4096;

    private final World world;
    private final Calls calls;

    SimulatedNetworks(World world, Calls calls) {
        this.world = world;
        this.calls = calls;
    }

    @Override
    public RemoteNetwork create(
            Token token,
            String name,
            Optional<String> cidr,
            Optional<String> gateway,
            boolean dynamicAddresses,
            Optional<Integer> vlan) {
        return calls.run(
                Operation.NETWORK_CREATE,
                () -> world.change(commit -> world.network(token).orElseGet(() -> {
                    if (vlan.filter(tag -> tag < 0 || tag > 4095).isPresent()) {
                        throw new CloudException.InvalidRequest("a VLAN tag is 0 to 4095, not " + vlan.get());
                    }
                    AddressRange range = range(cidr.orElseGet(this::freeRange));
                    if (gateway.filter(address -> !range.contains(address)).isPresent()) {
                        throw new CloudException.InvalidRequest(
                                "the gateway " + gateway.get() + " is not in " + range.cidr());
                    }
                    RemoteNetwork network = new RemoteNetwork(
                            commit.newId("net"),
                            Optional.of(token),
                            name,
                            Optional.of(range.cidr()),
                            gateway.or(() -> Optional.of(range.gateway())),
                            dynamicAddresses,
                            vlan,
                            true);
                    commit.put(network);
                    return network;
                })));
    }

    private static AddressRange range(String cidr) {
        try {
            return AddressRange.of(cidr);
        } catch (IllegalArgumentException e) {
            throw new CloudException.InvalidRequest(e.getMessage() == null ? cidr : e.getMessage());
        }
    }

    private String freeRange() {
        Set<String> used = world.networks().stream()
                .flatMap(network -> network.cidr().stream())
                .collect(Collectors.toSet());
        return Stream.iterate(0, n -> n < MOST_CHOSEN_RANGES, n -> n + 1)
                .map(n -> "172." + (16 + n / 256) + "." + n % 256 + ".0/24")
                .filter(cidr -> !used.contains(cidr))
                .findFirst()
                .orElseThrow(() -> new CloudException.NoCapacity("no address range is left for one more network"));
    }

    private RemoteNetwork network(RemoteId id) {
        return world.network(id).orElseThrow(() -> Missing.network(id));
    }

    @Override
    public Optional<RemoteNetwork> findByToken(Token token) {
        return calls.run(Operation.NETWORK_FIND, () -> world.network(token));
    }

    @Override
    public RemoteNetwork read(RemoteId network) {
        return calls.run(Operation.NETWORK_READ, () -> network(network));
    }

    @Override
    public List<RemoteNetwork> list() {
        return calls.run(Operation.NETWORK_LIST, world::networks);
    }

    @Override
    public void delete(RemoteId id) {
        calls.run(
                Operation.NETWORK_DELETE,
                () -> world.change(commit -> {
                    world.network(id).ifPresent(network -> {
                        if (network.token().isEmpty()) {
                            throw new CloudException.Unauthorised(
                                    "the network '" + network.name() + "' belongs to the cloud and cannot be deleted");
                        }
                        if (world.machines().anyMatch(machine -> isConnected(machine, id))) {
                            throw new CloudException.Conflict("machines are connected to the network '" + network.name()
                                    + "'; detach them first");
                        }
                        commit.remove(network);
                    });
                    return true;
                }));
    }

    private static boolean isConnected(Machine machine, RemoteId network) {
        return machine.nics().stream().anyMatch(nic -> nic.network().equals(network));
    }

    @Override
    public RemoteNetwork setActive(RemoteId id, boolean active) {
        return calls.run(
                Operation.NETWORK_ACTIVE,
                () -> world.change(commit -> {
                    RemoteNetwork before = network(id);
                    RemoteNetwork after = new RemoteNetwork(
                            id,
                            before.token(),
                            before.name(),
                            before.cidr(),
                            before.gateway(),
                            before.dynamicAddresses(),
                            before.vlan(),
                            active);
                    commit.put(after);
                    return after;
                }));
    }

    @Override
    public RemoteNic attach(RemoteId machineId, NicOrder order) {
        return calls.run(
                Operation.NIC_ATTACH,
                () -> world.change(commit -> {
                    Machine machine = world.machine(machineId).orElseThrow(() -> Missing.machine(machineId));
                    return machine.nics().stream()
                            .filter(nic -> nic.token().equals(Optional.of(order.token())))
                            .findFirst()
                            .orElseGet(() -> plug(commit, machine, order));
                }));
    }

    private static RemoteNic plug(Commit commit, Machine machine, NicOrder order) {
        Attachable.require(machine);
        if (machine.nics().size() >= MOST_NICS) {
            throw new CloudException.QuotaExceeded("a machine has at most " + MOST_NICS + " interfaces");
        }
        RemoteNic nic = commit.newNic(order, freePosition(machine.nics()));
        commit.put(machine.with(draft -> draft.nics(
                Stream.concat(machine.nics().stream(), Stream.of(nic)).toList())));
        return nic;
    }

    private static int freePosition(List<RemoteNic> nics) {
        List<String> used = nics.stream().map(RemoteNic::device).toList();
        int position = 0;
        while (used.contains("eth" + position)) {
            position++;
        }
        return position;
    }

    @Override
    public void detach(RemoteId machineId, RemoteId nic) {
        calls.run(
                Operation.NIC_DETACH,
                () -> world.change(commit -> {
                    Machine machine = world.machine(machineId).orElseThrow(() -> Missing.machine(machineId));
                    List<RemoteNic> rest = new ArrayList<>(machine.nics());
                    if (rest.removeIf(one -> one.id().equals(nic))) {
                        commit.put(machine.with(draft -> draft.nics(rest)));
                    }
                    return true;
                }));
    }
}
