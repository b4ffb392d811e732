package hansa.federation.compute;

import hansa.federation.caller.Caller;
import hansa.federation.listing.Page;
import hansa.federation.policy.Action;
import hansa.federation.policy.Sieve;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** User-defined tags. Thread-safe; answers from the store. */
public final class TagService {

    private static final int LONGEST = 512;
    private static final int PER_OWNER = 1000;
    private static final int PIECE = 500;

    private final Store store;
    private final Access access;
    private final TagBearers bearers;

    TagService(Store store, Access access, TagBearers bearers) {
        this.store = store;
        this.access = access;
        this.bearers = bearers;
    }

    /**
     * Makes a tag.
     *
     * @param id scheme and term, at most 512 characters
     * @param location the path of its collection, starts and ends with a slash
     * @throws Failure {@code resource.exists} where the id or the location is taken, {@code quota.exceeded}
     */
    public Tag create(Caller caller, String id, String title, String location, Optional<String> related) {
        if (id.isBlank() || id.indexOf('#') < 1) {
            throw Input.invalid("A tag's id is its scheme, which ends in '#', and its term.");
        }
        Input.text("tag's id", id, LONGEST, false);
        Input.title(title);
        Input.text("location", location, LONGEST, false);
        if (!location.startsWith("/") || !location.endsWith("/") || location.length() < 3) {
            throw Input.invalid("A tag's location is a path that starts and ends with '/', such as /tags/blue/.");
        }
        related.ifPresent(text -> Input.text("related category", text, LONGEST, false));
        Tag tag = new Tag(id, title, location, related, caller.id());
        access.require(caller, Action.TAG_CREATE, Guarded.of(tag));
        store.run(tx -> {
            if (!caller.operator() && TagTable.count(tx.sql(), caller.id()) >= PER_OWNER) {
                throw new Failure(ErrorCode.QUOTA_EXCEEDED, "You have " + PER_OWNER + " tags, which is the limit.");
            }
            if (!TagTable.insert(tx.sql(), tag)) {
                throw new Failure(
                        ErrorCode.RESOURCE_EXISTS,
                        "There is a tag '" + id + "' or one with the location '" + location
                                + "' already; choose another.");
            }
        });
        return tag;
    }

    /** @throws Failure {@code category.unknown} */
    public Tag get(Caller caller, String id) {
        return get(caller, Action.TAG_LIST, id);
    }

    private Tag get(Caller caller, Action action, String id) {
        Tag tag = store.read(sql -> TagTable.find(sql, id))
                .filter(found -> access.visible(caller, Guarded.of(found)))
                .orElseThrow(() -> unknown(id));
        access.require(caller, action, Guarded.of(tag));
        return tag;
    }

    private static Failure unknown(String id) {
        return new Failure(ErrorCode.CATEGORY_UNKNOWN, "There is no tag '" + id + "', or it is not yours.");
    }

    /** The caller's tags; everybody's for operators. */
    public List<Tag> list(Caller caller) {
        access.requireList(caller, Action.TAG_LIST);
        List<Tag> found = store.read(sql -> TagTable.list(sql, caller));
        Sieve sieve = access.sieve(caller, Action.TAG_LIST);
        return sieve.isOpen()
                ? found
                : found.stream()
                        .filter(tag -> sieve.passes(Guarded.of(tag).about()))
                        .toList();
    }

    /** Lets the caller delete it, or not. @throws Failure {@code category.unknown}, {@code policy.denied} */
    public void requireDelete(Caller caller, String id) {
        get(caller, Action.TAG_DELETE, id);
    }

    /** Deletes it and takes it off what carries it. */
    public void delete(Caller caller, String id) {
        requireDelete(caller, id);
        List<Member> piece;
        do {
            piece = store.read(sql -> TagTable.members(sql, id, Page.first(PIECE)));
            List<Member> members = piece;
            store.run(tx -> members.forEach(member -> takeOff(tx, id, member)));
        } while (piece.size() == PIECE);
        store.run(tx -> {
            TagTable.members(tx.sql(), id, Page.first(PIECE)).forEach(member -> takeOff(tx, id, member));
            TagTable.delete(tx.sql(), id);
        });
    }

    private void takeOff(Tx tx, String id, Member member) {
        bearers.change(tx, member, tags -> tags.remove(id));
        TagTable.take(tx.sql(), id, member);
    }

    /** What carries it, by id. */
    public List<Member> members(Caller caller, String id, Page page) {
        get(caller, id);
        return store.read(sql -> bearers.visible(sql, caller, id, page));
    }

    /** All of them or none. @throws Failure {@code resource.not-found} for what is not there or not the caller's */
    public void add(Caller caller, String id, List<Member> members) {
        get(caller, Action.TAG_UPDATE, id);
        limit(members);
        store.run(tx -> members.forEach(member -> putOn(tx, caller, id, member)));
    }

    private void putOn(Tx tx, Caller caller, String id, Member member) {
        bearers.require(tx, caller, member);
        bearers.change(tx, member, tags -> {
            tags.add(id);
            Input.tags(tags.size());
        });
        TagTable.put(tx.sql(), id, member);
    }

    /** Those that do not carry it are no error. */
    public void remove(Caller caller, String id, List<Member> members) {
        get(caller, Action.TAG_UPDATE, id);
        limit(members);
        store.run(tx -> members.forEach(member -> {
            bearers.require(tx, caller, member);
            takeOff(tx, id, member);
        }));
    }

    /** Afterwards exactly these carry it. */
    public void replace(Caller caller, String id, List<Member> members) {
        get(caller, Action.TAG_UPDATE, id);
        limit(members);
        Set<Member> wanted = new HashSet<>(members);
        store.run(tx -> {
            List<Member> now = TagTable.members(tx.sql(), id, Page.first(Page.MAX_LIMIT));
            limitReplaced(now);
            now.stream().filter(member -> !wanted.contains(member)).forEach(member -> takeOff(tx, id, member));
            members.stream().filter(member -> !now.contains(member)).forEach(member -> putOn(tx, caller, id, member));
        });
    }

    private static void limitReplaced(List<Member> now) {
        if (now.size() == Page.MAX_LIMIT) {
            throw Lookup.tooMany();
        }
    }

    private static void limit(List<Member> members) {
        if (members.size() > Page.MAX_LIMIT) {
            throw Lookup.tooMany();
        }
    }

    /** The tags of something new. */
    static void put(Tx tx, Access access, Caller caller, Collection<String> tags, Member member) {
        for (String tag : tags) {
            require(tx, access, caller, tag);
            TagTable.put(tx.sql(), tag, member);
        }
    }

    /** Changes the tags that something carries, in its document and in the table. */
    static void change(
            Tx tx,
            Access access,
            Caller caller,
            Set<String> tags,
            Collection<String> add,
            Collection<String> remove,
            Member member) {
        for (String tag : remove) {
            if (tags.remove(tag)) {
                TagTable.take(tx.sql(), tag, member);
            }
        }
        for (String tag : add) {
            if (tags.add(tag)) {
                require(tx, access, caller, tag);
                TagTable.put(tx.sql(), tag, member);
            }
        }
        Input.tags(tags.size());
    }

    private static void require(Tx tx, Access access, Caller caller, String tag) {
        boolean theirs = TagTable.find(tx.sql(), tag)
                .filter(found -> access.visible(caller, Guarded.of(found)))
                .isPresent();
        if (!theirs) {
            throw unknown(tag);
        }
    }
}
