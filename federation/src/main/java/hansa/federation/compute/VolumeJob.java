package hansa.federation.compute;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteVolume;
import hansa.federation.compute.MachineWork.Stage;
import hansa.federation.compute.VolumeCalls.Seen;
import hansa.kernel.jobs.JobHandler;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.jobs.Outcome;
import hansa.kernel.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Works off the difference between what is wanted of a volume and what is at its cloud. */
final class VolumeJob implements JobHandler {

    static final String JOB = "volume";
    private static final int STEPS = 8;

    private final Store store;
    private final Jobs jobs;
    private final Records<Volume, VolumeWork> volumes;
    private final VolumeCalls calls;
    private final QuotaUse quota;
    private final Clock clock;

    VolumeJob(
            Store store,
            Jobs jobs,
            Records<Volume, VolumeWork> volumes,
            VolumeCalls calls,
            QuotaUse quota,
            Clock clock) {
        this.store = store;
        this.jobs = jobs;
        this.volumes = volumes;
        this.calls = calls;
        this.quota = quota;
        this.clock = clock;
    }

    @Override
    public Outcome run(String subject, int attempt) {
        boolean asked = false;
        for (int i = 0; i < STEPS; i++) {
            Optional<Row<Volume, VolumeWork>> found =
                    store.read(sql -> volumes.table().find(sql, subject));
            if (found.isEmpty()) {
                return Outcome.DONE;
            }
            Row<Volume, VolumeWork> row = found.get();
            try {
                Optional<Seen> remote = calls.look(row);
                change(subject, edit -> observe(edit, remote));
                if (row.work().deleting()) {
                    if (remote.isEmpty()) {
                        forget(subject);
                        return Outcome.DONE;
                    }
                    if (asked) {
                        return again(row);
                    }
                    calls.delete(row.resource(), remote.get().id());
                } else if (remote.isEmpty()) {
                    if (row.work().stage() != Stage.WANTED) {
                        return Outcome.DONE;
                    }
                    calls.make(row);
                } else if (remote.get().state() == RemoteVolume.VolumeState.BUILDING) {
                    return again(row);
                } else if (row.resource().copy().isEmpty()
                        && row.resource().sizeMib() > remote.get().sizeMib()
                        && remote.get().state() != RemoteVolume.VolumeState.FAILED) {
                    if (asked) {
                        return again(row);
                    }
                    calls.resize(row.resource(), remote.get().id());
                } else {
                    return Outcome.DONE;
                }
                asked = true;
            } catch (CloudException e) {
                return refused(row, e, attempt);
            }
        }
        return new Outcome.Again(Duration.ZERO);
    }

    private Outcome again(Row<Volume, VolumeWork> row) {
        return new Outcome.Again(Pace.after(row.work().since(), clock.instant()));
    }

    private void observe(VolumeEdit edit, Optional<Seen> found) {
        if (found.isEmpty()) {
            if (edit.stage == Stage.MADE) {
                edit.stage = Stage.LOST;
                edit.remote = Optional.empty();
                edit.seen = Sight.NONE;
                if (!edit.deleting) {
                    edit.state = VolumeState.ERROR;
                    edit.note =
                            "It disappeared from the cloud '" + edit.before().cloud() + "', and its data with it.";
                }
            }
            return;
        }
        Seen remote = found.get();
        if (edit.seen != remote.sight()) {
            edit.observed = clock.instant();
            edit.seen = remote.sight();
        }
        edit.remote = Optional.of(remote.id());
        edit.stage = Stage.MADE;
        edit.actualMib = remote.sizeMib();
        if (edit.deleting) {
            return;
        }
        edit.trouble = "";
        if (edit.copy.isPresent()) {
            Volume.Copy copy = edit.copy.get();
            edit.copy = Optional.of(new Volume.Copy(copy.kind(), copy.of(), remote.taken()));
            // The volume may have been resized between the wish and the copy.
            edit.sizeMib = remote.sizeMib();
        }
        switch (remote.state()) {
            case BUILDING -> {
                // The state that was known holds until it is there.
            }
            case ONLINE, OFFLINE -> {
                if (edit.state == VolumeState.ERROR || edit.state == VolumeState.PENDING) {
                    edit.state = edit.copy.isPresent() ? VolumeState.OFFLINE : VolumeState.ONLINE;
                    edit.note = "";
                }
            }
            case FAILED -> {
                edit.state = VolumeState.ERROR;
                edit.note = "It failed at its cloud: " + remote.message();
            }
        }
    }

    /** Writes what is different, and wakes the machine that waits for the volume. */
    private void change(String id, Consumer<VolumeEdit> change) {
        Instant now = clock.instant();
        Optional<Row<Volume, VolumeWork>> row =
                store.read(sql -> volumes.table().find(sql, id));
        if (row.isEmpty() || edited(row.get(), change, now).equals(row.get())) {
            return;
        }
        store.run(tx -> volumes.table().find(tx.sql(), id).ifPresent(before -> {
            Row<Volume, VolumeWork> after = edited(before, change, now);
            volumes.update(tx, before, after);
            if (after.resource().copy().isPresent()) {
                giveBackDifference(tx.sql(), before.resource(), after.resource().sizeMib());
            }
            if (after.resource().state() != before.resource().state()) {
                after.resource()
                        .attachment()
                        .ifPresent(held -> jobs.schedule(
                                tx, MachineWriter.JOB, held.machine().value(), now));
            }
        }));
    }

    private static Row<Volume, VolumeWork> edited(
            Row<Volume, VolumeWork> row, Consumer<VolumeEdit> change, Instant now) {
        VolumeEdit edit = new VolumeEdit(row);
        change.accept(edit);
        return edit.build(now);
    }

    private Outcome refused(Row<Volume, VolumeWork> row, CloudException refusal, int attempt) {
        String cloud = "the cloud '" + row.resource().cloud() + "' " + MachineSteps.verdict(refusal);
        String id = row.resource().id().value();
        if (row.work().deleting() || Patience.worthAnother(refusal, attempt)) {
            change(
                    id,
                    edit -> edit.trouble =
                            Character.toUpperCase(cloud.charAt(0)) + cloud.substring(1) + "; trying again.");
            return new Outcome.Retry(refusal.text());
        }
        store.run(tx -> volumes.table().find(tx.sql(), id).ifPresent(before -> {
            VolumeEdit edit = new VolumeEdit(before);
            if (edit.since.equals(row.work().since())) {
                giveUp(edit, cloud);
                giveBackDifference(tx.sql(), before.resource(), edit.sizeMib);
                volumes.update(tx, before, edit.build(clock.instant()));
                edit.attachment.ifPresent(held ->
                        jobs.schedule(tx, MachineWriter.JOB, held.machine().value(), clock.instant()));
            }
        }));
        return Outcome.DONE;
    }

    private void giveBackDifference(Handle sql, Volume before, long sizeMib) {
        if (sizeMib != before.sizeMib()) {
            quota.giveBack(sql, before.owner(), before.vo(), QuotaUse.Amount.grown(before.sizeMib() - sizeMib));
        }
    }

    private static void giveUp(VolumeEdit edit, String why) {
        edit.trouble = "";
        if (edit.stage == Stage.WANTED) {
            edit.stage = Stage.GIVEN_UP;
            edit.state = VolumeState.ERROR;
            edit.note = "It could not be made: " + why
                    + (edit.copy.isPresent() ? ". Delete removes it." : ". Online tries again, delete removes it.");
        } else {
            edit.note = "It could not be changed: " + why + ".";
            if (edit.actualMib > 0) {
                edit.sizeMib = Math.min(edit.sizeMib, edit.actualMib);
            }
        }
    }

    private void forget(String id) {
        store.run(tx -> volumes.table().find(tx.sql(), id).ifPresent(row -> {
            if (row.work().deleting()) {
                Volume volume = row.resource();
                quota.giveBack(tx.sql(), volume.owner(), volume.vo(), QuotaUse.Amount.volume(volume.sizeMib()));
                Tombstones.put(tx.sql(), row.work().token(), volume.cloud(), JOB, clock.instant());
                volumes.remove(tx, row);
            }
        }));
    }
}
