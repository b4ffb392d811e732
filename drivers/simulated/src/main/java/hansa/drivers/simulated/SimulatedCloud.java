package hansa.drivers.simulated;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription;
import hansa.cloud.Facet;
import hansa.cloud.MachineOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Token;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A cloud in memory, with a journal in a folder. */
final class SimulatedCloud implements Cloud {

    private final World world;
    private final Calls calls;
    private final Terms terms;
    private final Machines machines;
    private final List<Facet> facets;

    SimulatedCloud(Path folder, InstantSource clock, Terms terms, Calls calls) {
        this.world = new World(folder, terms.journalSync(), clock, terms.always());
        this.calls = calls;
        this.terms = terms;
        this.machines = new Machines(world, terms);
        SimulatedVolumes volumes = new SimulatedVolumes(world, calls, terms);
        List<Facet> always = List.of(
                volumes,
                new SimulatedVolumeCopies(world, calls, terms, volumes),
                new SimulatedNetworks(world, calls),
                new SimulatedSnapshots(world, calls),
                new SimulatedImages(world, calls, terms, folder.resolve("images")),
                new SimulatedConsole(world, calls),
                new SimulatedResizing(machines, calls),
                new SimulatedAccounts(world, calls),
                new SimulatedAdoption(world, calls),
                new SimulatedUsage(world, calls));
        this.facets = terms.hosts() == 0
                ? always
                : Stream.concat(always.stream(), Stream.of(new SimulatedHostAffinity(machines, calls)))
                        .toList();
        machines.makeExisting(terms.existingMachines());
    }

    @Override
    public CloudDescription describe() {
        return calls.run(
                Operation.DESCRIBE,
                () -> new CloudDescription(
                        terms.flavours(),
                        world.images().stream()
                                .map(image -> image.remote(world.now()))
                                .toList(),
                        world.networks(),
                        terms.quotas(),
                        true,
                        new CloudDescription.Limits(
                                Optional.of(world.machineCount()),
                                Optional.of(world.usedCores()),
                                Optional.of(world.usedMemoryMib())),
                        capacity()));
    }

    private CloudDescription.Capacity capacity() {
        return new CloudDescription.Capacity(
                terms.capacityCores(),
                terms.capacityCores().map(cores -> Math.max(0, cores - world.usedCores())),
                terms.capacityMemoryMib().map(memory -> Math.max(0, memory - world.usedMemoryMib())),
                Optional.empty(),
                Optional.of(world.machineCount()));
    }

    @Override
    public RemoteMachine create(MachineOrder order) {
        return calls.run(
                Operation.CREATE,
                circumstances -> machines.create(order, Optional.empty(), circumstances.death())
                        .remote());
    }

    /** The number of the host that a machine is on, from 0; empty for a machine that is not there. */
    Optional<Integer> hostOf(RemoteId machine) {
        return world.machine(machine).map(Machine::host);
    }

    @Override
    public Optional<RemoteMachine> findByToken(Token token) {
        return calls.run(Operation.FIND, () -> world.machine(token).map(Machine::remote));
    }

    @Override
    public RemoteMachine read(RemoteId machine) {
        return calls.run(
                Operation.READ,
                () -> world.machine(machine)
                        .orElseThrow(() -> Missing.machine(machine))
                        .remote());
    }

    @Override
    public List<RemoteMachine> list() {
        return calls.run(
                Operation.LIST,
                () -> world.machines()
                        .filter(machine -> machine.token().isPresent())
                        .map(Machine::remote)
                        .toList());
    }

    /** A page of {@link #list}: at most so many, from the first one after that one. */
    List<RemoteMachine> page(Optional<RemoteId> after, int limit) {
        return calls.run(Operation.LIST, () -> {
            Stream<Machine> rest = after.map(world::machinesAfter).orElseGet(world::machines);
            return rest.filter(machine -> machine.token().isPresent())
                    .limit(limit)
                    .map(Machine::remote)
                    .toList();
        });
    }

    /** What whoever asks from another process is told of its terms. */
    List<String> imageFormats() {
        return calls.run(Operation.IMAGE_FORMATS, terms::imageFormats);
    }

    @Override
    public void delete(RemoteId machine) {
        calls.run(Operation.DELETE, circumstances -> {
            machines.delete(machine, circumstances.slow());
            return true;
        });
    }

    @Override
    public void power(RemoteId machine, PowerAction action) {
        calls.run(Operation.POWER, () -> machines.power(machine, action));
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> facet) {
        return facets.stream().filter(facet::isInstance).map(facet::cast).findFirst();
    }

    @Override
    public Recovery recover(Set<Token> known) {
        return calls.run(Operation.RECOVER, () -> Recovery.of(known, world.machineTokens()));
    }

    @Override
    public void close() {
        if (calls.close()) {
            world.close();
        }
    }
}
