package hansa.drivers.simulated;

import hansa.cloud.BootContext;
import hansa.cloud.CloudException;
import hansa.cloud.HostGroup;
import hansa.cloud.MachineOrder;
import hansa.cloud.NicOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNic;
import hansa.cloud.RemoteState;
import hansa.cloud.Size;
import hansa.cloud.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The life of simulated machines. */
final class Machines {

    private static final int MOST_NICS = 32;
    private static final int MOST_DISKS = 64;

    private final World world;
    private final Terms terms;
    private final Hosts hosts;

    Machines(World world, Terms terms) {
        this.world = world;
        this.terms = terms;
        this.hosts = new Hosts(world, terms.hosts());
    }

    Machine create(MachineOrder order, Optional<HostGroup> group, Optional<Fault.Death> death) {
        Guest guest = Guest.of(order.name(), order.context());
        return world.change(
                commit -> world.machine(order.token()).orElseGet(() -> make(commit, order, group, guest, death)));
    }

    private Machine make(
            Commit commit, MachineOrder order, Optional<HostGroup> group, Guest guest, Optional<Fault.Death> death) {
        if (order.name().isEmpty() || order.name().length() > 255) {
            throw new CloudException.InvalidRequest("a machine's name has 1 to 255 characters");
        }
        if (order.nics().size() > MOST_NICS || order.volumes().size() > MOST_DISKS) {
            throw new CloudException.InvalidRequest(
                    "a machine has at most " + MOST_NICS + " interfaces and " + MOST_DISKS + " volumes");
        }
        order.account().ifPresent(this::requireUsable);
        Instant now = world.now();
        Image image = world.image(order.image()).orElseThrow(() -> Missing.image(order.image()));
        if (!image.isReady(now)) {
            throw new CloudException.Conflict("the image '" + image.name() + "' is not ready yet");
        }
        Size size = sizeOf(order.size(), order.flavour());
        checkQuota(1, size.cores(), size.memoryMib());
        checkRoom("cores", terms.capacityCores(), world.usedCores(), size.cores());
        checkRoom("MiB of memory", terms.capacityMemoryMib(), world.usedMemoryMib(), size.memoryMib());
        int host = hosts.choose(group);
        RemoteId id = commit.newId("vm");
        Machine machine = new Machine(
                id,
                Optional.of(order.token()),
                order.account(),
                order.name(),
                order.image(),
                size,
                RemoteState.BUILDING,
                "",
                nics(commit, order),
                disks(commit, id, order.volumes()),
                now,
                plan(now, death),
                guest,
                List.of(),
                Optional.empty(),
                host,
                group,
                Optional.empty());
        commit.put(machine);
        return machine.at(now);
    }

    /** Machines that carry no token, made once in the life of the cloud. */
    void makeExisting(long number) {
        if (number == 0) {
            return;
        }
        world.change(commit -> {
            boolean first = world.isNew();
            for (int i = 1; first && i <= number; i++) {
                commit.put(existing(commit, "before-" + i));
            }
            return true;
        });
    }

    private Machine existing(Commit commit, String name) {
        NicOrder nic = defaultNic(new Token(name));
        return new Machine(
                commit.newId("vm"),
                Optional.empty(),
                Optional.empty(),
                name,
                world.images().getFirst().id(),
                terms.flavours().getFirst().size(),
                RemoteState.RUNNING,
                "",
                List.of(commit.newNic(nic, 0)),
                List.of(),
                world.now(),
                List.of(),
                Guest.of(name, BootContext.EMPTY),
                List.of(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty());
    }

    private void requireUsable(String account) {
        if (world.account(account).filter(known -> !known.suspended()).isEmpty()) {
            throw new CloudException.Unauthorised("the account '" + account + "' is not there or suspended");
        }
    }

    private static List<RemoteNic> nics(Commit commit, MachineOrder order) {
        List<NicOrder> wanted = order.nics().isEmpty() ? List.of(defaultNic(order.token())) : order.nics();
        List<RemoteNic> nics = new ArrayList<>();
        wanted.forEach(nic -> nics.add(commit.newNic(nic, nics.size())));
        return nics;
    }

    private static NicOrder defaultNic(Token token) {
        return new NicOrder(token, Terms.DEFAULT_NETWORK, Optional.empty(), Optional.empty());
    }

    private List<RemoteDisk> disks(Commit commit, RemoteId machine, List<RemoteId> wanted) {
        List<RemoteDisk> disks = new ArrayList<>();
        for (RemoteId id : wanted) {
            Volume volume = world.volume(id).orElseThrow(() -> Missing.volume(id));
            SimulatedVolumes.requireFree(volume, world.now());
            disks.add(new RemoteDisk(id, SimulatedVolumes.freeDevice(disks)));
            commit.put(volume.heldBy(machine));
        }
        if (Set.copyOf(wanted).size() < wanted.size()) {
            throw new CloudException.InvalidRequest("a volume can be attached only once");
        }
        return disks;
    }

    private List<Step> plan(Instant now, Optional<Fault.Death> death) {
        List<Step> plan = new ArrayList<>();
        plan.add(new Step(RemoteState.RUNNING, now.plus(terms.latency()), "", Step.Prints.BOOT));
        death.ifPresent(fault -> plan.add(new Step(
                RemoteState.FAILED, now.plus(terms.latency()).plus(fault.after()), fault.text(), Step.Prints.NOTHING)));
        return plan;
    }

    private Size sizeOf(Size size, Optional<RemoteId> flavour) {
        return flavour.map(id -> terms.flavours().stream()
                        .filter(known -> known.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> Missing.flavour(id))
                        .size())
                .orElse(size);
    }

    private void checkQuota(int machines, long cores, long memoryMib) {
        checkQuota("machines", terms.quotas().machines(), world.machineCount(), machines);
        checkQuota("cores", terms.quotas().cores(), world.usedCores(), cores);
        checkQuota("MiB of memory", terms.quotas().memoryMib(), world.usedMemoryMib(), memoryMib);
    }

    private static void checkQuota(String what, Optional<Long> quota, long used, long more) {
        if (more > 0 && quota.isPresent() && used + more > quota.get()) {
            throw new CloudException.QuotaExceeded("the quota is " + quota.get() + " " + what + ", " + used
                    + " are used, and " + more + " more were asked for");
        }
    }

    private static void checkRoom(String what, Optional<Long> capacity, long used, long more) {
        if (capacity.isPresent() && used + more > capacity.get()) {
            throw new CloudException.NoCapacity("the hosts have " + capacity.get() + " " + what + ", " + used
                    + " are used, and " + more + " more were asked for");
        }
    }

    void delete(RemoteId id, Optional<Fault.SlowDelete> slow) {
        world.change(commit -> {
            world.machine(id).ifPresent(machine -> {
                if (slow.isEmpty()) {
                    commit.remove(machine);
                } else if (machine.goneAt().isEmpty()) {
                    commit.put(machine.with(draft -> draft.state(RemoteState.BUSY, "is being deleted")
                            .plan(List.of())
                            .goneAt(world.now().plus(slow.get().duration()))));
                }
            });
            return true;
        });
    }

    void power(RemoteId id, PowerAction action) {
        world.change(commit -> {
            Machine machine = world.machine(id).orElseThrow(() -> Missing.machine(id));
            Transition transition = Transition.of(action);
            if (machine.goneAt().isPresent()) {
                throw new CloudException.Conflict("the machine " + id + " is being deleted");
            }
            boolean restarts = transition.from().contains(transition.to());
            if (!restarts && (machine.state() == transition.to() || isHeadingTo(machine, transition.to()))) {
                return true;
            }
            if (!transition.from().contains(machine.state())) {
                throw new CloudException.Conflict(
                        "the machine " + id + " is " + machine.state() + ", which does not allow " + action);
            }
            Duration takes = terms.latency();
            commit.put(machine.heading(
                    RemoteState.BUSY, new Step(transition.to(), world.now().plus(takes), "", transition.prints())));
            return true;
        });
    }

    private static boolean isHeadingTo(Machine machine, RemoteState goal) {
        return machine.state() == RemoteState.BUSY
                && !machine.plan().isEmpty()
                && machine.plan().getFirst().state() == goal;
    }

    private record Transition(Set<RemoteState> from, RemoteState to, Step.Prints prints) {

        static Transition of(PowerAction action) {
            return switch (action) {
                case START -> new Transition(EnumSet.of(RemoteState.STOPPED), RemoteState.RUNNING, Step.Prints.BOOT);
                case SHUTDOWN -> new Transition(EnumSet.of(RemoteState.RUNNING), RemoteState.STOPPED, Step.Prints.HALT);
                case POWER_OFF ->
                    new Transition(
                            EnumSet.of(RemoteState.RUNNING, RemoteState.PAUSED, RemoteState.SAVED),
                            RemoteState.STOPPED,
                            Step.Prints.NOTHING);
                case REBOOT, RESET ->
                    new Transition(EnumSet.of(RemoteState.RUNNING), RemoteState.RUNNING, Step.Prints.BOOT);
                case PAUSE -> new Transition(EnumSet.of(RemoteState.RUNNING), RemoteState.PAUSED, Step.Prints.NOTHING);
                case SAVE ->
                    new Transition(
                            EnumSet.of(RemoteState.RUNNING, RemoteState.PAUSED),
                            RemoteState.SAVED,
                            Step.Prints.NOTHING);
                case RESUME ->
                    new Transition(
                            EnumSet.of(RemoteState.PAUSED, RemoteState.SAVED),
                            RemoteState.RUNNING,
                            Step.Prints.NOTHING);
            };
        }
    }

    Machine resize(RemoteId id, Size wished, Optional<RemoteId> flavour) {
        return world.change(commit -> {
            Machine machine = world.machine(id).orElseThrow(() -> Missing.machine(id));
            Size size = sizeOf(wished, flavour);
            if (size.equals(machine.size())) {
                return machine;
            }
            if (machine.state() != RemoteState.STOPPED || machine.goneAt().isPresent()) {
                throw new CloudException.Conflict(
                        "the machine " + id + " is " + machine.state() + "; stop it before it is resized");
            }
            if (size.diskGib() != 0 && size.diskGib() < machine.size().diskGib()) {
                throw new CloudException.InvalidRequest("a root disk of "
                        + machine.size().diskGib() + " GiB cannot shrink to " + size.diskGib() + " GiB");
            }
            checkQuota(
                    0,
                    size.cores() - machine.size().cores(),
                    size.memoryMib() - machine.size().memoryMib());
            Machine resized = machine.with(draft -> draft.size(size, world.now()));
            commit.put(resized);
            return resized;
        });
    }
}
