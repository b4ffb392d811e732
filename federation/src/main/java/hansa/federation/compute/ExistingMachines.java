package hansa.federation.compute;

import hansa.cloud.Adoption;
import hansa.cloud.CloudName;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.federation.caller.Caller;
import hansa.federation.compute.MachineWork.Stage;
import hansa.federation.images.ImageId;
import hansa.federation.sites.CloudAccess;
import hansa.federation.sites.CloudSettings.Existing;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Machines that were at clouds before Hansa, or come to be there beside it: operators see them, and take over what they
 * name. Nothing is ever asked of one that is not adopted. Thread-safe; answers from the store.
 */
public final class ExistingMachines {

    /** What an adopted machine was made from nobody knows. */
    public static final ImageId UNKNOWN_IMAGE = new ImageId("no-known-image");

    /** Of more than these at one cloud the rest is not kept. */
    private static final int MOST = 10_000;

    private final Store store;
    private final Jobs jobs;
    private final OperatedClouds operated;
    private final CloudAccess clouds;
    private final Records<Machine, MachineWork> machines;
    private final QuotaUse quota;
    private final Clock clock;

    ExistingMachines(
            Store store,
            Jobs jobs,
            OperatedClouds operated,
            CloudAccess clouds,
            Records<Machine, MachineWork> machines,
            QuotaUse quota,
            Clock clock) {
        this.store = store;
        this.jobs = jobs;
        this.operated = operated;
        this.clouds = clouds;
        this.machines = machines;
        this.quota = quota;
        this.clock = clock;
    }

    /**
     * Those at a cloud, by the cloud's ids; for operators. None where they are ignored.
     *
     * @throws Failure {@code resource.not-found}, {@code policy.denied}, {@code cloud.unsupported}
     */
    public List<ExistingMachine> list(Caller caller, CloudName cloud) {
        require(caller, cloud);
        return clouds.existing(cloud) == Existing.IGNORE ? List.of() : store.read(sql -> ExistingTable.all(sql, cloud));
    }

    private void require(Caller caller, CloudName cloud) {
        operated.require(caller, cloud, Adoption.class, "cannot tell which machines were there before");
    }

    /**
     * Takes the wish to adopt one; the cloud follows. The machine keeps what it is, and is its owner's from then on.
     *
     * @throws Failure {@code resource.not-found}, {@code policy.denied}, {@code cloud.unsupported} also where the
     *     installation does not adopt machines of this cloud, {@code resource.exists} where it is adopted already
     */
    public Machine adopt(Caller caller, CloudName cloud, NewAdoption wish) {
        require(caller, cloud);
        if (clouds.existing(cloud) != Existing.ADOPT) {
            throw new Failure(
                    ErrorCode.CLOUD_UNSUPPORTED,
                    "Machines that were at the cloud '" + cloud + "' before are not adopted; set clouds." + cloud
                            + ".existing to adopt.");
        }
        return store.write(tx -> {
            if (isOurs(tx, cloud, wish.machine())) {
                throw new Failure(
                        ErrorCode.RESOURCE_EXISTS, "The machine '" + wish.machine() + "' is adopted already.");
            }
            ExistingMachine found = ExistingTable.find(tx.sql(), cloud, wish.machine())
                    .orElseThrow(() -> new Failure(
                            ErrorCode.RESOURCE_NOT_FOUND,
                            "The cloud '" + cloud + "' has shown no machine '" + wish.machine()
                                    + "' that Hansa did not make; list those that it has."));
            Machine machine = machine(caller, found, wish);
            machines.insert(tx, new Row<>(machine, work(found), Sight.NONE, 1));
            quota.take(tx.sql(), caller, machine.owner(), machine.vo(), QuotaUse.Amount.machine(machine.size()));
            ExistingTable.delete(tx.sql(), cloud, wish.machine());
            jobs.schedule(tx, MachineWriter.JOB, machine.id().value(), clock.instant());
            return machine;
        });
    }

    private boolean isOurs(Tx tx, CloudName cloud, RemoteId id) {
        return machines.table().findRemote(tx.sql(), cloud, id.value()).isPresent();
    }

    private Machine machine(Caller caller, ExistingMachine found, NewAdoption wish) {
        Instant now = clock.instant();
        return new Machine(
                MachineId.next(),
                wish.owner().orElse(caller.id()),
                wish.vo(),
                found.cloud(),
                Optional.empty(),
                wish.title().orElse(found.name()),
                "",
                Optional.empty(),
                UNKNOWN_IMAGE,
                Optional.empty(),
                found.size(),
                "x64",
                desired(found),
                MachineState.PENDING,
                "",
                List.of(),
                List.of(),
                List.of(),
                false,
                Set.of(),
                found.created().isAfter(now) ? now : found.created(),
                Optional.empty(),
                Optional.empty(),
                now,
                now,
                1);
    }

    /** That it stays as it is. */
    private static Desired desired(ExistingMachine found) {
        return switch (found.state()) {
            case RUNNING, BUILDING, BUSY, FAILED -> Desired.RUNNING;
            case STOPPED -> Desired.STOPPED;
            case PAUSED, SAVED -> Desired.SUSPENDED;
        };
    }

    private MachineWork work(ExistingMachine found) {
        return new MachineWork(
                Tokens.next(),
                Optional.of(found.id()),
                Stage.FOUND,
                1,
                false,
                Optional.empty(),
                Optional.empty(),
                found.size(),
                Optional.empty(),
                List.of(),
                Map.of(),
                "",
                "",
                Optional.empty(),
                clock.instant(),
                Optional.empty());
    }

    /** Whether the cloud is to be asked for them. */
    boolean wanted(CloudName cloud) {
        return clouds.existing(cloud) != Existing.IGNORE && clouds.has(cloud, Adoption.class);
    }

    /** What the cloud showed; writes what is different. */
    void seen(CloudName cloud, List<RemoteMachine> others) {
        Instant now = clock.instant();
        Map<RemoteId, ExistingMachine> gone = new HashMap<>();
        store.read(sql -> ExistingTable.all(sql, cloud)).forEach(machine -> gone.put(machine.id(), machine));
        List<ExistingMachine> fresh = others.stream()
                .limit(MOST)
                .map(remote -> ExistingMachine.of(cloud, remote, now))
                .filter(machine -> Optional.ofNullable(gone.remove(machine.id()))
                        .filter(known -> known.looksLike(machine))
                        .isEmpty())
                .toList();
        if (fresh.isEmpty() && gone.isEmpty()) {
            return;
        }
        store.run(tx -> {
            gone.keySet().forEach(id -> ExistingTable.delete(tx.sql(), cloud, id));
            fresh.stream()
                    .filter(machine -> !isOurs(tx, cloud, machine.id()))
                    .forEach(machine -> ExistingTable.put(tx.sql(), machine));
        });
    }
}
