package hansa.federation.vos;

import hansa.federation.caller.Caller;
import hansa.federation.policy.Action;
import hansa.federation.policy.Policy;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import hansa.policy.AccessRequest.Resource;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiPredicate;
import org.jdbi.v3.core.Handle;

/** Virtual organisations and their trees of groups. Thread-safe; answers from the store. */
public final class Organisations {

    private static final int MOST = 5_000;
    private static final int GROUPS = 1_000;
    private static final int LONGEST_MEMBERSHIP = 3_650;

    private final Store store;
    private final Policy policy;
    private final Journal journal;
    private final BiPredicate<Handle, String> used;
    private final Clock clock;

    Organisations(Store store, Policy policy, Journal journal, BiPredicate<Handle, String> used, Clock clock) {
        this.store = store;
        this.policy = policy;
        this.journal = journal;
        this.used = used;
        this.clock = clock;
    }

    static Resource about(String name) {
        return new Resource("vo", name, Optional.empty(), Optional.of(name), Map.of());
    }

    /** @throws Failure {@code policy.denied}, {@code resource.exists}, {@code attribute.invalid} */
    public Organisation create(Caller caller, String name, String title, String summary) {
        Wording.organisation(name);
        Wording.line("title", title);
        Wording.text("summary", summary);
        policy.require(caller, Action.ORGANISATION_CREATE, about(name));
        Instant now = now();
        Organisation organisation = new Organisation(
                name, title, summary, Optional.empty(), Optional.empty(), Optional.empty(), now, now, 1);
        store.run(tx -> {
            tx.lock("vo");
            if (OrganisationTable.count(tx.sql()) >= MOST) {
                throw new Failure(
                        ErrorCode.QUOTA_EXCEEDED,
                        "There are " + MOST + " virtual organisations, which is the limit; delete some.");
            }
            if (!OrganisationTable.insert(tx.sql(), organisation)) {
                throw new Failure(
                        ErrorCode.RESOURCE_EXISTS,
                        "There is a virtual organisation '" + name + "' already; choose another name.");
            }
            tell(tx, "created", organisation);
        });
        return organisation;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void tell(Tx tx, String what, Organisation organisation) {
        journal.tell(
                tx,
                what,
                new Journal.News(
                        organisation.name(),
                        "",
                        "",
                        organisation.suspended().isPresent() ? "suspended" : "active",
                        organisation.generation()));
    }

    /** All there are, by name: whoever wants to join one has to find it. */
    public List<Organisation> list(Caller caller) {
        policy.require(caller, Action.ORGANISATION_LIST, Resource.any("vo"));
        List<Organisation> all = store.read(OrganisationTable::list);
        return policy.visible(caller, Action.ORGANISATION_LIST, all, one -> about(one.name())).stream()
                .map(organisation -> shown(caller, organisation))
                .toList();
    }

    /** @throws Failure {@code resource.not-found} */
    public Organisation get(Caller caller, String name) {
        policy.require(caller, Action.ORGANISATION_LIST, about(name));
        return shown(caller, store.read(sql -> OrganisationTable.get(sql, name)));
    }

    private Organisation shown(Caller caller, Organisation organisation) {
        return policy.permits(caller, Action.ORGANISATION_READ, about(organisation.name()))
                ? organisation
                : organisation.withoutCostCentre();
    }

    /**
     * Changes it.
     *
     * @throws Failure {@code resource.not-found}, {@code policy.denied}, {@code attribute.invalid},
     *     {@code resource.changed} when it is not of that generation any more
     */
    public Organisation update(Caller caller, String name, OrganisationChange change, OptionalLong ifGeneration) {
        change.title().ifPresent(text -> Wording.line("title", text));
        change.summary().ifPresent(text -> Wording.text("summary", text));
        change.costCentre().ifPresent(text -> Wording.line("cost centre", text));
        change.suspended().ifPresent(text -> Wording.line("reason", text));
        change.memberDays()
                .filter(days -> days < 0 || days > LONGEST_MEMBERSHIP)
                .ifPresent(days -> {
                    throw Wording.invalid("A membership lasts 1 to " + LONGEST_MEMBERSHIP + " days, or 0 for good, not "
                            + days + ".");
                });
        return store.write(tx -> {
            Organisation old = OrganisationTable.get(tx.sql(), name);
            policy.require(caller, Action.ORGANISATION_UPDATE, about(name));
            requireGeneration(name, ifGeneration, old.generation());
            Organisation changed = new Organisation(
                    name,
                    change.title().orElse(old.title()),
                    change.summary().orElse(old.summary()),
                    change.costCentre().or(old::costCentre).filter(text -> !text.isEmpty()),
                    change.suspended().or(old::suspended).filter(text -> !text.isEmpty()),
                    change.memberDays().or(old::memberDays).filter(days -> days > 0),
                    old.created(),
                    now(),
                    old.generation() + 1);
            if (!OrganisationTable.update(tx.sql(), changed)) {
                throw changed("virtual organisation", name);
            }
            tell(tx, "changed", changed);
            return changed;
        });
    }

    static void requireGeneration(String name, OptionalLong wanted, long there) {
        if (wanted.isPresent() && wanted.getAsLong() != there) {
            throw changed("record of", name);
        }
    }

    static Failure changed(String what, String name) {
        return new Failure(
                ErrorCode.RESOURCE_CHANGED,
                "The " + what + " '" + name + "' changed in the meantime; read it and try again.");
    }

    /**
     * Deletes it with its groups, members and requests.
     *
     * @throws Failure {@code resource.in-use} while something exists that was made in its name
     */
    public void delete(Caller caller, String name, OptionalLong ifGeneration) {
        store.run(tx -> {
            Organisation old = OrganisationTable.get(tx.sql(), name);
            policy.require(caller, Action.ORGANISATION_DELETE, about(name));
            requireGeneration(name, ifGeneration, old.generation());
            if (used.test(tx.sql(), name)) {
                throw new Failure(
                        ErrorCode.RESOURCE_IN_USE,
                        "There are machines, volumes or networks that were made in the name of '" + name
                                + "'; delete those first, or suspend it.");
            }
            OrganisationTable.delete(tx.sql(), name);
            tell(tx, "deleted", old);
        });
    }

    /** The groups below the root, by path. */
    public List<Group> groups(Caller caller, String name) {
        return store.read(sql -> {
            OrganisationTable.get(sql, name);
            policy.require(caller, Action.ORGANISATION_READ, about(name));
            return OrganisationTable.groups(sql, name);
        });
    }

    /**
     * Makes a group in one that is there.
     *
     * @param path for example {@code /biomed/imaging}
     */
    public Group createGroup(Caller caller, String path, String title) {
        String vo = below(path);
        Wording.line("title", title);
        Group group = new Group(path, title, now());
        store.run(tx -> {
            tx.lock("vo " + vo);
            Organisation organisation = OrganisationTable.get(tx.sql(), vo);
            policy.require(caller, Action.ORGANISATION_UPDATE, about(vo));
            requireGroup(tx.sql(), path.substring(0, path.lastIndexOf('/')));
            if (OrganisationTable.groups(tx.sql(), vo).size() >= GROUPS) {
                throw new Failure(
                        ErrorCode.QUOTA_EXCEEDED,
                        "'" + vo + "' has " + GROUPS + " groups, which is the limit; delete some.");
            }
            if (!OrganisationTable.insertGroup(tx.sql(), vo, group)) {
                throw new Failure(
                        ErrorCode.RESOURCE_EXISTS, "There is a group '" + path + "' already; choose another name.");
            }
            journal.tell(tx, "group.created", new Journal.News(vo, "", path, "active", organisation.generation()));
        });
        return group;
    }

    private static String below(String path) {
        var fqan = Wording.fqan(path);
        if (fqan.role().isPresent() || fqan.group().indexOf('/', 1) < 0) {
            throw Wording.invalid("A group is like /vo/group, without a role; /vo itself is there from the start.");
        }
        return fqan.vo();
    }

    /** @throws Failure {@code resource.not-found} */
    static void requireGroup(Handle sql, String path) {
        boolean root = path.indexOf('/', 1) < 0;
        if (root) {
            OrganisationTable.get(sql, path.substring(1));
        } else if (!OrganisationTable.hasGroup(sql, path)) {
            throw new Failure(
                    ErrorCode.RESOURCE_NOT_FOUND,
                    "There is no group '" + path + "'; 'hansa vo groups' shows which there are.");
        }
    }

    /** @throws Failure {@code resource.in-use} while it has groups or members */
    public void deleteGroup(Caller caller, String path) {
        String vo = below(path);
        store.run(tx -> {
            Organisation organisation = OrganisationTable.get(tx.sql(), vo);
            policy.require(caller, Action.ORGANISATION_UPDATE, about(vo));
            requireGroup(tx.sql(), path);
            boolean parent = OrganisationTable.groups(tx.sql(), vo).stream()
                    .anyMatch(group -> group.path().startsWith(path + "/"));
            if (parent || MemberTable.anyWithin(tx.sql(), vo, path)) {
                throw new Failure(
                        ErrorCode.RESOURCE_IN_USE,
                        "The group '" + path + "' has groups or members; take those out first.");
            }
            OrganisationTable.deleteGroup(tx.sql(), path);
            journal.tell(tx, "group.deleted", new Journal.News(vo, "", path, "", organisation.generation()));
        });
    }
}
