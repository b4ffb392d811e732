package hansa.federation.compute;

import hansa.federation.caller.Caller;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.federation.policy.Action;
import hansa.federation.policy.Sieve;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** Reads resources of one kind for callers: what is not theirs does not exist for them. */
final class Lookup<R, W> {

    private final Store store;
    private final Access access;
    private final Shape<R, W> shape;
    private final ResourceTable<R, W> table;

    Lookup(Store store, Access access, Shape<R, W> shape, ResourceTable<R, W> table) {
        this.store = store;
        this.access = access;
        this.shape = shape;
        this.table = table;
    }

    R get(Caller caller, String id) {
        R resource = store.read(sql -> table.read(sql, id)).orElseThrow(() -> missing(id));
        access.requireLook(caller, shape.guarded(resource), () -> missing(id));
        return resource;
    }

    Optional<R> find(Handle sql, Caller caller, String id) {
        return table.read(sql, id).filter(resource -> access.visible(caller, shape.guarded(resource)));
    }

    List<R> getAll(Caller caller, List<String> ids) {
        if (ids.size() > Page.MAX_LIMIT) {
            throw tooMany();
        }
        return store.read(sql -> {
            List<R> found = new ArrayList<>(ids.size());
            for (String id : ids) {
                table.read(sql, id).filter(resource -> looks(caller, resource)).ifPresent(found::add);
            }
            return found;
        });
    }

    private boolean looks(Caller caller, R resource) {
        Guarded thing = shape.guarded(resource);
        return access.may(caller, thing.look(), thing);
    }

    Stamp stamp(Caller caller, String id) {
        ResourceTable.Stamped found = store.read(sql -> table.stamp(sql, id)).orElseThrow(() -> missing(id));
        access.requireLook(caller, found.guarded(), () -> missing(id));
        return found.stamp();
    }

    List<Stamp> stamps(Caller caller, Filter filter, Page page) {
        Selection selection = selection(caller, filter);
        Sieve sieve = access.sieve(caller, shape.look());
        return store.read(sql -> table.stamps(sql, selection, filter, page, sieve));
    }

    long count(Caller caller, Filter filter) {
        Selection selection = selection(caller, filter);
        Sieve sieve = access.sieve(caller, shape.look());
        return store.read(sql -> table.count(sql, selection, filter, sieve));
    }

    private Selection selection(Caller caller, Filter filter) {
        access.requireList(caller, shape.list());
        return Selection.of(shape, caller, access.overseen(caller), filter);
    }

    /**
     * The row of something that the caller may do something to, inside a unit of work.
     *
     * @throws Failure {@code resource.not-found} for what the caller may not even look at, {@code policy.denied},
     *     {@code resource.changed}
     */
    Row<R, W> changeable(Handle sql, Caller caller, Action action, String id, OptionalLong ifGeneration) {
        Row<R, W> row = table.find(sql, id).orElseThrow(() -> missing(id));
        Guarded thing = shape.guarded(row.resource());
        if (!access.visible(caller, thing)) {
            throw missing(id);
        }
        access.require(caller, action, thing);
        long generation = shape.keys(row.resource(), row.work()).generation();
        if (ifGeneration.isPresent() && ifGeneration.getAsLong() != generation) {
            throw new Failure(
                    ErrorCode.RESOURCE_CHANGED,
                    "The " + shape.name() + " '" + id + "' changed in the meantime; read it and try again.");
        }
        return row;
    }

    Failure missing(String id) {
        return new Failure(
                ErrorCode.RESOURCE_NOT_FOUND, "There is no " + shape.name() + " '" + id + "', or it is not yours.");
    }

    static Failure tooMany() {
        return new Failure(
                ErrorCode.REQUEST_TOO_LARGE, "At most " + Page.MAX_LIMIT + " resources at a time; do it in pieces.");
    }
}
