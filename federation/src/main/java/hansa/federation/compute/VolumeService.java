package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.cloud.RemoteVolumeCopy.Kind;
import hansa.cloud.Volumes;
import hansa.federation.caller.Caller;
import hansa.federation.compute.MachineWork.Stage;
import hansa.federation.compute.VolumeRules.Verb;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.federation.policy.Action;
import hansa.federation.sites.CloudTerms;
import hansa.federation.sites.FacetNames;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Volumes. Thread-safe; answers from the store. */
public final class VolumeService {

    private static final long LARGEST_MIB = 64L * 1024 * 1024;

    private final Store store;
    private final Jobs jobs;
    private final Access access;
    private final Lookup<Volume, VolumeWork> lookup;
    private final Records<Volume, VolumeWork> volumes;
    private final CloudChoice choice;
    private final VolumeCopying copying;
    private final QuotaUse quota;
    private final Clock clock;

    VolumeService(
            Store store,
            Jobs jobs,
            Access access,
            Lookup<Volume, VolumeWork> lookup,
            Records<Volume, VolumeWork> volumes,
            CloudChoice choice,
            VolumeCopying copying,
            QuotaUse quota,
            Clock clock) {
        this.store = store;
        this.jobs = jobs;
        this.access = access;
        this.lookup = lookup;
        this.volumes = volumes;
        this.choice = choice;
        this.copying = copying;
        this.quota = quota;
        this.clock = clock;
    }

    /**
     * Takes the wish; the cloud follows.
     *
     * @throws Failure {@code attribute.invalid}, {@code resource.exists}, {@code quota.exceeded},
     *     {@code cloud.unsupported}, {@code action.wrong-state} while the copy that it begins as is not there yet
     */
    public Volume create(Caller caller, NewVolume wanted) {
        Input.title(wanted.title());
        Input.summary(wanted.summary());
        Input.tags(wanted.tags().size());
        Input.organisation(caller.vo());
        if (wanted.from().isEmpty() || wanted.sizeMib() != 0) {
            checkSize(wanted.sizeMib());
        }
        Optional<Volume> from = wanted.from().map(id -> store.read(sql -> copying.source(sql, caller, id, wanted)));
        CloudName cloud =
                from.map(Volume::cloud).orElseGet(() -> store.read(sql -> cloud(sql, caller, wanted.cloud())));
        long sizeMib =
                from.filter(_ -> wanted.sizeMib() == 0).map(Volume::sizeMib).orElse(wanted.sizeMib());
        if (from.isPresent()) {
            access.require(caller, Action.VOLUME_CREATE, made(caller, cloud));
        }
        Instant now = clock.instant();
        Volume volume = new Volume(
                wanted.id().orElseGet(VolumeId::next),
                caller.id(),
                caller.vo(),
                cloud,
                wanted.title(),
                wanted.summary(),
                sizeMib,
                VolumeState.PENDING,
                "",
                Optional.empty(),
                Optional.empty(),
                wanted.from(),
                wanted.tags(),
                now,
                now,
                now,
                1);
        VolumeWork work = new VolumeWork(Tokens.next(), Optional.empty(), Stage.WANTED, false, sizeMib, "", "", now);
        store.run(tx -> {
            // Again: it may have been deleted since.
            wanted.from().ifPresent(id -> copying.source(tx.sql(), caller, id, wanted));
            volumes.insert(tx, new Row<>(volume, work, Sight.NONE, 1));
            TagService.put(tx, access, caller, wanted.tags(), Member.of(volume.id()));
            quota.take(tx.sql(), caller, volume.owner(), volume.vo(), QuotaUse.Amount.volume(volume.sizeMib()));
            schedule(tx, volume.id());
        });
        return volume;
    }

    private static void checkSize(long sizeMib) {
        if (sizeMib < 1 || sizeMib > LARGEST_MIB) {
            throw Input.invalid("A volume has 1 MiB to 64 TiB, not " + sizeMib + " MiB.");
        }
    }

    private CloudName cloud(Handle sql, Caller caller, Optional<CloudName> named) {
        List<CloudTerms> able = choice.candidates(sql, named).stream()
                .filter(terms -> terms.facets().contains(FacetNames.of(Volumes.class)))
                .toList();
        if (able.isEmpty()) {
            throw new Failure(
                    ErrorCode.CLOUD_UNSUPPORTED,
                    named.map(cloud -> "The cloud '" + cloud + "' has no volumes.")
                            .orElse("No cloud here has volumes."));
        }
        return choice.permitted(caller, Action.VOLUME_CREATE, able, cloud -> made(caller, cloud))
                .name();
    }

    private static Guarded made(Caller caller, CloudName cloud) {
        return Guarded.volume("", caller.id(), caller.vo().orElse(""), cloud.value());
    }

    /** @throws Failure {@code resource.not-found} */
    public Volume get(Caller caller, VolumeId id) {
        return lookup.get(caller, id.value());
    }

    /** In the order asked for; ids that are not there, or not the caller's, are left out. */
    public List<Volume> getAll(Caller caller, List<VolumeId> ids) {
        return lookup.getAll(caller, ids.stream().map(VolumeId::value).toList());
    }

    /** Which version there is. @throws Failure {@code resource.not-found} */
    public Stamp stamp(Caller caller, VolumeId id) {
        return lookup.stamp(caller, id.value());
    }

    /** Which there are, by id. */
    public List<Stamp> stamps(Caller caller, Filter filter, Page page) {
        return lookup.stamps(caller, filter, page);
    }

    /** How many there are. */
    public long count(Caller caller, Filter filter) {
        return lookup.count(caller, filter);
    }

    /**
     * Changes it.
     *
     * @throws Failure {@code resource.changed} when it is not of that generation any more
     */
    public Volume update(Caller caller, VolumeId id, VolumeChange change, OptionalLong ifGeneration) {
        change.title().ifPresent(Input::title);
        change.summary().ifPresent(Input::summary);
        return store.write(tx -> changed(tx, caller, id, change, ifGeneration));
    }

    private Volume changed(Tx tx, Caller caller, VolumeId id, VolumeChange change, OptionalLong ifGeneration) {
        Row<Volume, VolumeWork> row =
                lookup.changeable(tx.sql(), caller, Action.VOLUME_UPDATE, id.value(), ifGeneration);
        VolumeRules.require(row.resource(), Verb.UPDATE);
        return write(tx, row, edit -> {
            change.title().ifPresent(title -> edit.title = title);
            change.summary().ifPresent(summary -> edit.summary = summary);
            TagService.change(tx, access, caller, edit.tags, change.addTags(), change.removeTags(), Member.of(id));
            change.sizeMib()
                    .filter(size -> size != row.resource().sizeMib())
                    .ifPresent(size -> resize(tx, caller, edit, size));
        });
    }

    private void resize(Tx tx, Caller caller, VolumeEdit edit, long sizeMib) {
        VolumeRules.require(edit.before(), Verb.RESIZE);
        checkSize(sizeMib);
        if (sizeMib < edit.sizeMib) {
            throw Input.invalid("A volume only grows: it has " + edit.sizeMib + " MiB, and " + sizeMib + " is less.");
        }
        quota.take(
                tx.sql(),
                caller,
                edit.before().owner(),
                edit.before().vo(),
                QuotaUse.Amount.grown(sizeMib - edit.sizeMib));
        edit.wish(clock.instant());
        edit.sizeMib = sizeMib;
        schedule(tx, edit.before().id());
    }

    private Volume write(Tx tx, Row<Volume, VolumeWork> row, Consumer<VolumeEdit> change) {
        VolumeEdit edit = new VolumeEdit(row);
        change.accept(edit);
        Row<Volume, VolumeWork> after = edit.build(clock.instant());
        volumes.update(tx, row, after);
        return after.resource();
    }

    /** Makes it, or changes all of it that may change: title, summary, tags, and a larger size. */
    public Placed<Volume> replace(Caller caller, VolumeId id, NewVolume wanted) {
        if (store.read(sql -> lookup.find(sql, caller, id.value())).isEmpty()) {
            NewVolume named = new NewVolume(
                    Optional.of(id),
                    wanted.title(),
                    wanted.summary(),
                    wanted.sizeMib(),
                    wanted.cloud(),
                    wanted.tags(),
                    wanted.from());
            return new Placed<>(create(caller, named), true);
        }
        Input.title(wanted.title());
        Input.summary(wanted.summary());
        return new Placed<>(
                store.write(tx -> {
                    Set<String> remove = new HashSet<>(
                            lookup.changeable(tx.sql(), caller, Action.VOLUME_UPDATE, id.value(), OptionalLong.empty())
                                    .resource()
                                    .tags());
                    remove.removeAll(wanted.tags());
                    VolumeChange change = new VolumeChange(
                            Optional.of(wanted.title()),
                            Optional.of(wanted.summary()),
                            Optional.of(wanted.sizeMib()),
                            wanted.tags(),
                            remove);
                    return changed(tx, caller, id, change, OptionalLong.empty());
                }),
                false);
    }

    /**
     * Takes the wish.
     *
     * @throws Failure {@code action.wrong-state} naming the state and what is possible, {@code cloud.unsupported}
     */
    public Volume act(Caller caller, VolumeId id, VolumeAction action) {
        return actAll(caller, List.of(id), action).getFirst();
    }

    /** All of them or none. */
    public List<Volume> actAll(Caller caller, List<VolumeId> ids, VolumeAction action) {
        if (ids.size() > Page.MAX_LIMIT) {
            throw Lookup.tooMany();
        }
        return store.write(
                tx -> ids.stream().map(id -> act(tx, caller, id, action)).toList());
    }

    private Volume act(Tx tx, Caller caller, VolumeId id, VolumeAction action) {
        Row<Volume, VolumeWork> row =
                lookup.changeable(tx.sql(), caller, Action.VOLUME_ACT, id.value(), OptionalLong.empty());
        return switch (action) {
            case VolumeAction.Online _ -> online(tx, row);
            case VolumeAction.Offline _ -> {
                VolumeRules.require(row.resource(), Verb.OFFLINE);
                VolumeRules.requireFree(row.resource());
                yield write(tx, row, edit -> edit.state = VolumeState.OFFLINE);
            }
            case VolumeAction.Backup _ -> {
                copy(tx, caller, row.resource(), NewCopy.of(Kind.BACKUP));
                yield row.resource();
            }
            case VolumeAction.Snapshot _ -> {
                copy(tx, caller, row.resource(), NewCopy.of(Kind.SNAPSHOT));
                yield row.resource();
            }
            case VolumeAction.Resize(long sizeMib) -> write(tx, row, edit -> resize(tx, caller, edit, sizeMib));
        };
    }

    private Volume online(Tx tx, Row<Volume, VolumeWork> row) {
        VolumeRules.require(row.resource(), Verb.ONLINE);
        return write(tx, row, edit -> {
            if (edit.state == VolumeState.ERROR) {
                edit.wish(clock.instant());
                edit.stage = Stage.WANTED;
                edit.state = VolumeState.PENDING;
                schedule(tx, row.resource().id());
            } else {
                edit.state = VolumeState.ONLINE;
            }
        });
    }

    /**
     * Takes the wish for a snapshot or backup. What it answers is the copy, which is {@code PENDING} until it is whole
     * and then {@code OFFLINE}, or {@code ERROR} with the reason.
     *
     * @throws Failure {@code action.wrong-state}, {@code cloud.unsupported}, {@code quota.exceeded},
     *     {@code resource.exists}, {@code attribute.invalid}
     */
    public Volume copy(Caller caller, VolumeId id, NewCopy wanted) {
        Input.title(wanted.title());
        Input.summary(wanted.summary());
        return store.write(tx -> copy(
                tx,
                caller,
                lookup.changeable(tx.sql(), caller, Action.VOLUME_ACT, id.value(), OptionalLong.empty())
                        .resource(),
                wanted));
    }

    private Volume copy(Tx tx, Caller caller, Volume volume, NewCopy wanted) {
        Volume copy = copying.take(tx, caller, volume, wanted);
        schedule(tx, copy.id());
        return copy;
    }

    /**
     * It is {@code DELETING} at once; the cloud follows.
     *
     * @throws Failure {@code resource.in-use} while it is plugged in, has snapshots, or is being copied
     */
    public void delete(Caller caller, VolumeId id) {
        deleteAll(caller, List.of(id));
    }

    /** All of them or, when one cannot be deleted, none. */
    public void deleteAll(Caller caller, List<VolumeId> ids) {
        if (ids.size() > Page.MAX_LIMIT) {
            throw Lookup.tooMany();
        }
        store.run(tx -> {
            for (VolumeId id : ids) {
                Row<Volume, VolumeWork> row =
                        lookup.changeable(tx.sql(), caller, Action.VOLUME_DELETE, id.value(), OptionalLong.empty());
                VolumeRules.requireFree(row.resource());
                write(tx, row, edit -> {
                    if (!edit.deleting) {
                        edit.wish(clock.instant());
                        edit.deleting = true;
                        edit.state = VolumeState.DELETING;
                    }
                });
                schedule(tx, id);
            }
            // Behind all the deletions, so that volumes go together with their snapshots in whatever order.
            for (VolumeId id : ids) {
                volumes.table()
                        .read(tx.sql(), id.value())
                        .ifPresent(volume -> copying.requireUnneeded(tx.sql(), volume));
            }
        });
    }

    private void schedule(Tx tx, VolumeId id) {
        jobs.schedule(tx, VolumeJob.JOB, id.value(), clock.instant());
    }
}
