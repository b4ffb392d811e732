package hansa.federation.compute;

import hansa.cloud.CloudException;
import hansa.cloud.Console;
import hansa.cloud.RemoteId;
import hansa.cloud.Resizing;
import hansa.cloud.Size;
import hansa.federation.brokering.KeptPlan;
import hansa.federation.caller.Caller;
import hansa.federation.compute.MachineRules.Verb;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.federation.policy.Action;
import hansa.federation.sites.CloudAccess;
import hansa.federation.sites.FlavourId;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Virtual machines. Thread-safe; answers from the store, but for the console. */
public final class MachineService {

    private static final int CONSOLE_PIECE = 1024 * 1024;

    private final Store store;
    private final Jobs jobs;
    private final Access access;
    private final Lookup<Machine, MachineWork> lookup;
    private final MachineSets sets;
    private final Homecoming homecoming;
    private final CloudChoice choice;
    private final MachineWriter writer;
    private final MachineWishes wishes;
    private final QuotaUse quota;
    private final CloudAccess clouds;

    MachineService(
            Store store,
            Jobs jobs,
            Access access,
            Lookup<Machine, MachineWork> lookup,
            MachineSets sets,
            Homecoming homecoming,
            CloudChoice choice,
            MachineWriter writer,
            MachineWishes wishes,
            QuotaUse quota,
            CloudAccess clouds) {
        this.store = store;
        this.jobs = jobs;
        this.access = access;
        this.lookup = lookup;
        this.sets = sets;
        this.homecoming = homecoming;
        this.choice = choice;
        this.writer = writer;
        this.wishes = wishes;
        this.quota = quota;
        this.clouds = clouds;
    }

    /**
     * Takes the wish; the cloud follows.
     *
     * @throws Failure {@code attribute.invalid}, {@code request.malformed}, {@code resource.exists}, {@code link.target-missing},
     *     {@code network.ambiguous}, {@code resource.in-use}, {@code quota.exceeded}, {@code capacity.exhausted}
     */
    public Machine create(Caller caller, NewMachine wanted) {
        return createAll(caller, wanted, 1).getFirst();
    }

    /**
     * Makes equal machines, all of them or none.
     *
     * @param count 1 to 1,000
     * @throws Failure as {@link #create}
     */
    public List<Machine> createAll(Caller caller, NewMachine wanted, int count) {
        return sets.create(caller, wanted, count);
    }

    /**
     * How it would be decided where such machines go, without making any.
     *
     * @throws Failure as {@link #create}, but for machines that find no place: then the decision says why
     */
    public KeptPlan plan(Caller caller, NewMachine wanted, int count) {
        return sets.plan(caller, wanted, count);
    }

    /** How it was decided where the machine went, and where it was since. @throws Failure {@code resource.not-found} */
    public Explanation explain(Caller caller, MachineId id) {
        return sets.explain(lookup.get(caller, id.value()));
    }

    /** @throws Failure {@code resource.not-found} */
    public Machine get(Caller caller, MachineId id) {
        return lookup.get(caller, id.value());
    }

    /** In the order asked for; ids that are not there, or not the caller's, are left out. */
    public List<Machine> getAll(Caller caller, List<MachineId> ids) {
        return lookup.getAll(caller, ids.stream().map(MachineId::value).toList());
    }

    /** Which version there is. @throws Failure {@code resource.not-found} */
    public Stamp stamp(Caller caller, MachineId id) {
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
     * Changes it. Another flavour or size is a resize, which stops the machine for a while where its cloud needs that.
     *
     * @throws Failure {@code resource.changed} when it is not of that generation any more, {@code action.wrong-state},
     *     {@code cloud.unsupported}, {@code quota.exceeded}
     */
    public Machine update(Caller caller, MachineId id, MachineChange change, OptionalLong ifGeneration) {
        change.title().ifPresent(Input::title);
        change.summary().ifPresent(Input::summary);
        change.hostname().ifPresent(Input::hostname);
        return store.write(tx -> changed(tx, caller, id, change, ifGeneration));
    }

    private Machine changed(Tx tx, Caller caller, MachineId id, MachineChange change, OptionalLong ifGeneration) {
        Row<Machine, MachineWork> row =
                lookup.changeable(tx.sql(), caller, Action.MACHINE_UPDATE, id.value(), ifGeneration);
        Machine machine = row.resource();
        MachineRules.require(machine, Verb.UPDATE);
        return writer.change(tx, row, (_, edit) -> {
                    change.title().ifPresent(title -> edit.title = title);
                    change.summary().ifPresent(summary -> edit.summary = summary);
                    if (change.hostname().isPresent()) {
                        edit.hostname = change.hostname();
                    }
                    TagService.change(
                            tx, access, caller, edit.tags, change.addTags(), change.removeTags(), Member.of(id));
                    resize(tx, caller, edit, change);
                })
                .resource();
    }

    private void resize(Tx tx, Caller caller, MachineEdit edit, MachineChange change) {
        Machine machine = edit.before();
        Optional<FlavourId> flavour = change.flavour();
        boolean free = change.cores().isPresent() || change.memoryMib().isPresent();
        if (flavour.isEmpty() && !free) {
            return;
        }
        Size size = flavour.isPresent() || machine.flavour().isEmpty()
                ? choice.resized(tx.sql(), machine, change)
                : machine.size();
        if (flavour.isEmpty() && machine.flavour().isPresent()) {
            Sizing.requireAgreement(machine, change);
            return;
        }
        if (flavour.equals(machine.flavour()) && size.equals(machine.size())) {
            return;
        }
        access.require(caller, Action.MACHINE_UPDATE, Guarded.of(machine).withFlavour(flavour));
        MachineRules.require(machine, Verb.RESIZE);
        if (!clouds.has(machine.cloud(), Resizing.class)) {
            throw new Failure(
                    ErrorCode.CLOUD_UNSUPPORTED,
                    "The cloud '" + machine.cloud() + "' cannot resize machines; make a new one of the other size.");
        }
        quota.take(tx.sql(), caller, machine.owner(), machine.vo(), QuotaUse.Amount.resized(machine.size(), size));
        edit.wish(writer.now());
        edit.open = true;
        edit.size = size;
        edit.flavour = flavour;
        schedule(tx, machine.id());
    }

    /**
     * Makes it, or changes all of it that may change: title, summary, hostname, flavour and tags. Links stay.
     *
     * @throws Failure {@code attribute.immutable} for another image than the machine's
     */
    public Placed<Machine> replace(Caller caller, MachineId id, NewMachine wanted) {
        MachineCreation.check(wanted);
        Optional<Machine> there = store.read(sql -> lookup.find(sql, caller, id.value()));
        if (there.isEmpty()) {
            return new Placed<>(create(caller, wanted.withId(id)), true);
        }
        if (!there.get().image().equals(wanted.image())) {
            throw new Failure(
                    ErrorCode.ATTRIBUTE_IMMUTABLE,
                    "The image of the machine '" + id + "' cannot change; make a new machine.");
        }
        return new Placed<>(
                store.write(tx -> {
                    Row<Machine, MachineWork> row = lookup.changeable(
                            tx.sql(), caller, Action.MACHINE_UPDATE, id.value(), OptionalLong.empty());
                    Set<String> remove = new HashSet<>(row.resource().tags());
                    remove.removeAll(wanted.tags());
                    MachineChange change = new MachineChange(
                            Optional.of(wanted.title()),
                            Optional.of(wanted.summary()),
                            wanted.hostname(),
                            wanted.flavour(),
                            wanted.cores(),
                            wanted.memoryMib(),
                            wanted.tags(),
                            remove);
                    return changed(tx, caller, id, change, OptionalLong.empty());
                }),
                false);
    }

    /**
     * Takes the wish.
     *
     * @throws Failure {@code action.wrong-state} naming the state and what is possible
     */
    public Acted act(Caller caller, MachineId id, MachineAction action) {
        return actAll(caller, List.of(id), action).getFirst();
    }

    /** All of them or none. */
    public List<Acted> actAll(Caller caller, List<MachineId> ids, MachineAction action) {
        if (ids.size() > Page.MAX_LIMIT) {
            throw Lookup.tooMany();
        }
        Map<MachineId, Course.Stop> homes =
                action instanceof MachineAction.Start ? store.read(sql -> homes(sql, caller, ids)) : Map.of();
        return store.write(tx -> {
            List<Acted> acted = new ArrayList<>(ids.size());
            for (MachineId id : ids) {
                acted.add(act(tx, caller, id, action, Optional.ofNullable(homes.get(id))));
            }
            return acted;
        });
    }

    /** Where some of them come back to when they are started. */
    private Map<MachineId, Course.Stop> homes(Handle sql, Caller caller, List<MachineId> ids) {
        Map<MachineId, Course.Stop> homes = new HashMap<>();
        ids.forEach(id -> writer.find(sql, id)
                .flatMap(row -> homecoming.of(sql, caller, row))
                .ifPresent(stop -> homes.put(id, stop)));
        return homes;
    }

    private Acted act(Tx tx, Caller caller, MachineId id, MachineAction action, Optional<Course.Stop> home) {
        Row<Machine, MachineWork> row =
                lookup.changeable(tx.sql(), caller, Action.MACHINE_ACT, id.value(), OptionalLong.empty());
        MachineRules.require(row.resource(), MachineWishes.verb(action));
        Instant now = writer.now();
        MachineEdit edit = new MachineEdit(row);
        var image = wishes.apply(tx, caller, edit, action, now);
        home.filter(_ -> row.resource().state() == MachineState.INACTIVE)
                .ifPresent(stop -> edit.course = edit.course.map(course -> course.returningTo(
                        stop,
                        new Course.Stop(edit.cloud, edit.flavour, edit.size, Map.of()),
                        "it comes back to '" + stop.cloud() + "', which has room")));
        Machine machine = writer.write(tx, row, edit).resource();
        schedule(tx, id);
        return new Acted(machine, image);
    }

    /** It is {@code DELETING} at once; the cloud follows. Deleting what is being deleted is no error. */
    public void delete(Caller caller, MachineId id) {
        deleteAll(caller, List.of(id));
    }

    /** All of them or, when one cannot be deleted, none. */
    public void deleteAll(Caller caller, List<MachineId> ids) {
        if (ids.size() > Page.MAX_LIMIT) {
            throw Lookup.tooMany();
        }
        store.run(tx -> {
            for (MachineId id : ids) {
                Row<Machine, MachineWork> row =
                        lookup.changeable(tx.sql(), caller, Action.MACHINE_DELETE, id.value(), OptionalLong.empty());
                writer.change(tx, row, (_, edit) -> MachineWishes.delete(edit, writer.now()));
                schedule(tx, id);
            }
        });
    }

    /**
     * What the guest printed on its console; asks the cloud.
     *
     * @param offset in bytes from the first boot
     * @param maxBytes 1 to 1 MiB
     * @throws Failure {@code cloud.unsupported}, {@code cloud.unavailable}, {@code action.wrong-state} before the machine
     *     is at its cloud
     */
    public Console.Output console(Caller caller, MachineId id, long offset, int maxBytes) {
        if (offset < 0 || maxBytes < 1) {
            throw Input.invalid("A console is read from byte 0 on, and one byte at least.");
        }
        Row<Machine, MachineWork> row = store.read(
                sql -> lookup.changeable(sql, caller, Action.MACHINE_CONSOLE, id.value(), OptionalLong.empty()));
        Machine machine = row.resource();
        if (!clouds.has(machine.cloud(), Console.class)) {
            throw new Failure(
                    ErrorCode.CLOUD_UNSUPPORTED, "The cloud '" + machine.cloud() + "' does not show consoles.");
        }
        RemoteId remote = row.work()
                .remote()
                .orElseThrow(() -> new Failure(
                        ErrorCode.ACTION_WRONG_STATE,
                        "The machine '" + id + "' is not at its cloud, so it has no console."));
        try {
            return clouds.call(
                    machine.cloud(),
                    Console.class,
                    "console",
                    console -> console.read(remote, offset, Math.min(maxBytes, CONSOLE_PIECE)));
        } catch (CloudException e) {
            throw new Failure(
                    e instanceof CloudException.Unavailable ? ErrorCode.CLOUD_UNAVAILABLE : ErrorCode.CLOUD_REFUSED,
                    "The console of '" + id + "' cannot be read: the cloud " + MachineSteps.verdict(e) + ".",
                    e);
        }
    }

    private void schedule(Tx tx, MachineId id) {
        jobs.schedule(tx, MachineWriter.JOB, id.value(), writer.now());
    }
}
