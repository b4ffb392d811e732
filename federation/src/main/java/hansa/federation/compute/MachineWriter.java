package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Token;
import hansa.federation.compute.MachineWork.Capture;
import hansa.federation.images.Images;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Writes machines with all that hangs on them: links, the volumes that they hold, quota and events. */
final class MachineWriter {

    static final String JOB = "machine";

    /** How far the clocks of nodes may be apart, and what was written a moment ago away from what was looked at before. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    private final Store store;
    private final Jobs jobs;
    private final Records<Machine, MachineWork> machines;
    private final Records<Volume, VolumeWork> volumes;
    private final ResourceTable<Network, NetworkWork> networks;
    private final Images images;
    private final QuotaUse quota;
    private final RoomTaken room;
    private final Clock clock;

    MachineWriter(
            Store store,
            Jobs jobs,
            Records<Machine, MachineWork> machines,
            Records<Volume, VolumeWork> volumes,
            ResourceTable<Network, NetworkWork> networks,
            Images images,
            QuotaUse quota,
            RoomTaken room,
            Clock clock) {
        this.store = store;
        this.jobs = jobs;
        this.machines = machines;
        this.volumes = volumes;
        this.networks = networks;
        this.images = images;
        this.quota = quota;
        this.room = room;
        this.clock = clock;
    }

    Optional<Row<Machine, MachineWork>> read(MachineId id) {
        return store.read(sql -> machines.table().find(sql, id.value()));
    }

    Optional<Row<Machine, MachineWork>> find(Handle sql, MachineId id) {
        return machines.table().find(sql, id.value());
    }

    /** Changes a machine on behalf of its job; empty when it is gone. */
    Optional<Row<Machine, MachineWork>> change(MachineId id, BiConsumer<Tx, MachineEdit> change) {
        return store.write(tx -> machines.table().find(tx.sql(), id.value()).map(before -> change(tx, before, change)));
    }

    Row<Machine, MachineWork> change(Tx tx, Row<Machine, MachineWork> before, BiConsumer<Tx, MachineEdit> change) {
        MachineEdit edit = new MachineEdit(before);
        change.accept(tx, edit);
        return write(tx, before, edit);
    }

    Row<Machine, MachineWork> write(Tx tx, Row<Machine, MachineWork> before, MachineEdit edit) {
        Row<Machine, MachineWork> after = edit.build(clock.instant());
        linksChanged(tx, before.resource(), after.resource());
        room.changed(tx, before, after);
        machines.update(tx, before, after);
        return after;
    }

    /** What the row becomes by what was seen; writes only when that is something else. */
    Optional<Row<Machine, MachineWork>> observed(
            Row<Machine, MachineWork> row, Optional<RemoteMachine> remote, boolean progress) {
        Instant now = clock.instant();
        boolean same = store.read(sql -> {
            MachineEdit edit = new MachineEdit(row);
            observe(sql, edit, remote, progress, now);
            return edit.build(now).equals(row);
        });
        return same
                ? Optional.of(row)
                : change(row.resource().id(), (tx, edit) -> observe(tx.sql(), edit, remote, progress, now));
    }

    /**
     * Writes what a list told of a machine; whether there is more that its job has to see to. A machine that anything
     * changed since about when the list was asked for is left to its job, since the list may be older.
     *
     * @param asked when, by our clock
     */
    boolean leavesMore(Tx tx, String id, Map<Token, RemoteMachine> listed, Instant asked) {
        Optional<Row<Machine, MachineWork>> found = machines.table().find(tx.sql(), id);
        if (found.isEmpty()) {
            return false;
        }
        Row<Machine, MachineWork> row = found.get();
        Optional<RemoteMachine> remote =
                Optional.ofNullable(listed.get(row.work().token()));
        boolean settled = !row.work().open()
                && row.work().trouble().isEmpty()
                && remote.isPresent()
                && remote.map(RemoteMachine::id).equals(row.work().remote())
                && row.resource().changed().isBefore(asked.minus(SKEW));
        if (!settled) {
            return true;
        }
        MachineEdit edit = new MachineEdit(row);
        observe(tx.sql(), edit, remote, false, clock.instant());
        Row<Machine, MachineWork> after = write(tx, row, edit);
        Step next = Plan.next(after.resource(), after.work(), remote, false, Set.of());
        return !next.equals(new Step.Rest());
    }

    private void observe(Handle sql, MachineEdit edit, Optional<RemoteMachine> remote, boolean progress, Instant now) {
        if (progress) {
            edit.trouble = "";
        }
        new Observation(edit, networkAt(sql, edit.cloud), now).seen(remote);
    }

    private Function<RemoteId, Optional<Network>> networkAt(Handle sql, CloudName cloud) {
        return remote -> networks.findRemote(sql, cloud, remote.value()).map(Row::resource);
    }

    private void linksChanged(Tx tx, Machine before, Machine after) {
        if (before.nics().equals(after.nics()) && before.volumes().equals(after.volumes())) {
            return;
        }
        Set<LinkId> old = new HashSet<>();
        before.nics().forEach(nic -> old.add(nic.id()));
        before.volumes().forEach(link -> old.add(link.id()));
        Set<LinkId> left = new HashSet<>();
        for (NicLink nic : after.nics()) {
            left.add(nic.id());
            if (!old.contains(nic.id())) {
                LinkTable.insert(tx.sql(), entry(after, nic));
            }
        }
        after.volumes().forEach(link -> left.add(link.id()));
        for (NicLink nic : before.nics()) {
            if (!left.contains(nic.id())) {
                gone(tx, nic.id(), Member.Kind.NIC_LINK);
            }
        }
        for (VolumeLink link : before.volumes()) {
            if (!left.contains(link.id())) {
                gone(tx, link.id(), Member.Kind.VOLUME_LINK);
                release(tx, link);
            }
        }
    }

    static LinkTable.Entry entry(Machine machine, NicLink nic) {
        return new LinkTable.Entry(
                nic.id(),
                LinkTable.Kind.NIC,
                machine.id(),
                nic.network().value(),
                machine.owner(),
                machine.vo().orElse(""));
    }

    static LinkTable.Entry entry(Machine machine, VolumeLink link) {
        return new LinkTable.Entry(
                link.id(),
                LinkTable.Kind.VOLUME,
                machine.id(),
                link.volume().value(),
                machine.owner(),
                machine.vo().orElse(""));
    }

    private static void gone(Tx tx, LinkId id, Member.Kind kind) {
        LinkTable.delete(tx.sql(), id);
        TagTable.removeFrom(tx.sql(), new Member(kind, id.value()));
    }

    /** Lets another machine have the volume. */
    private void release(Tx tx, VolumeLink link) {
        volumes.table().find(tx.sql(), link.volume().value()).ifPresent(before -> {
            VolumeEdit edit = new VolumeEdit(before);
            if (edit.attachment.filter(held -> held.link().equals(link.id())).isPresent()) {
                edit.attachment = Optional.empty();
                volumes.update(tx, before, edit.build(clock.instant()));
                jobs.schedule(tx, VolumeJob.JOB, link.volume().value(), clock.instant());
            }
        });
    }

    void giveBack(Tx tx, Machine machine, QuotaUse.Amount amount) {
        quota.giveBack(tx.sql(), machine.owner(), machine.vo(), amount);
    }

    void captureFailed(Tx tx, MachineEdit edit, Capture capture, String why) {
        edit.captures.remove(capture);
        images.failed(tx, capture.image(), why);
    }

    /** Takes a machine that is gone from its cloud out of the store. */
    void forget(MachineId id) {
        store.run(tx -> machines.table().find(tx.sql(), id.value()).ifPresent(row -> forget(tx, row)));
    }

    private void forget(Tx tx, Row<Machine, MachineWork> row) {
        Machine machine = row.resource();
        if (machine.desired() != Desired.DELETED) {
            return;
        }
        for (NicLink nic : machine.nics()) {
            gone(tx, nic.id(), Member.Kind.NIC_LINK);
        }
        for (VolumeLink link : machine.volumes()) {
            gone(tx, link.id(), Member.Kind.VOLUME_LINK);
            release(tx, link);
        }
        for (Capture capture : row.work().captures()) {
            images.failed(tx, capture.image(), "The machine was deleted before it was saved.");
        }
        if (machine.hasUserData()) {
            UserDataTable.delete(tx.sql(), machine.id());
        }
        quota.giveBack(tx.sql(), machine.owner(), machine.vo(), QuotaUse.Amount.machine(machine.size()));
        room.gone(tx, row);
        MachineGroups.forget(tx.sql(), machine.id());
        PlanTable.forget(tx.sql(), machine.id());
        Tombstones.put(
                tx.sql(),
                row.work().token(),
                machine.cloud(),
                machine.id(),
                row.work().remote(),
                clock.instant());
        machines.remove(tx, row);
    }

    void run(Consumer<Tx> work) {
        store.run(work);
    }

    Instant now() {
        return clock.instant();
    }
}
