package hansa.federation.compute;

import hansa.cloud.RemoteId;
import hansa.federation.compute.MachineWork.Stage;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** A volume while it is being changed, by one thread, inside one unit of work. */
final class VolumeEdit {

    private final Row<Volume, VolumeWork> before;
    String title;
    String summary;
    long sizeMib;
    VolumeState state;
    Optional<Volume.Attachment> attachment;
    Optional<Volume.Copy> copy;
    final Set<String> tags;
    Instant observed;
    Optional<RemoteId> remote;
    Stage stage;
    boolean deleting;
    long actualMib;
    String trouble;
    String note;
    Instant since;
    long seen;

    VolumeEdit(Row<Volume, VolumeWork> row) {
        before = row;
        Volume volume = row.resource();
        title = volume.title();
        summary = volume.summary();
        sizeMib = volume.sizeMib();
        state = volume.state();
        attachment = volume.attachment();
        copy = volume.copy();
        tags = new LinkedHashSet<>(volume.tags());
        observed = volume.observed();
        VolumeWork work = row.work();
        remote = work.remote();
        stage = work.stage();
        deleting = work.deleting();
        actualMib = work.actualMib();
        trouble = work.trouble();
        note = work.note();
        since = work.since();
        seen = row.seen();
    }

    Volume before() {
        return before.resource();
    }

    /** A new wish of the owner: what was given up before may be tried again. */
    void wish(Instant now) {
        since = now;
        trouble = "";
        note = "";
    }

    Row<Volume, VolumeWork> build(Instant now) {
        Volume old = before.resource();
        Volume same = volume(old.changed(), old.observed(), old.generation());
        VolumeWork work =
                new VolumeWork(before.work().token(), remote, stage, deleting, actualMib, trouble, note, since);
        boolean visible = !same.equals(old);
        if (!visible && work.equals(before.work()) && seen == before.seen()) {
            return before;
        }
        Volume volume = visible ? volume(now, observed, old.generation() + 1) : old;
        return new Row<>(volume, work, seen, before.version() + 1);
    }

    private Volume volume(Instant changed, Instant lastObserved, long generation) {
        Volume old = before.resource();
        return new Volume(
                old.id(),
                old.owner(),
                old.vo(),
                old.cloud(),
                title,
                summary,
                sizeMib,
                state,
                trouble.isEmpty() ? note : trouble,
                attachment,
                copy,
                old.from(),
                tags,
                old.created(),
                changed,
                lastObserved,
                generation);
    }
}
