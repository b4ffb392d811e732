package hansa.federation.compute;

import hansa.federation.caller.Caller;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
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
    private final Shape<R, W> shape;
    private final ResourceTable<R, W> table;

    Lookup(Store store, Shape<R, W> shape, ResourceTable<R, W> table) {
        this.store = store;
        this.shape = shape;
        this.table = table;
    }

    R get(Caller caller, String id) {
        return store.read(sql -> table.read(sql, id))
                .filter(resource -> Sharing.visible(caller, owner(resource)))
                .orElseThrow(() -> missing(id));
    }

    Optional<R> find(Handle sql, Caller caller, String id) {
        return table.read(sql, id).filter(resource -> Sharing.visible(caller, owner(resource)));
    }

    List<R> getAll(Caller caller, List<String> ids) {
        if (ids.size() > Page.MAX_LIMIT) {
            throw tooMany();
        }
        return store.read(sql -> {
            List<R> found = new ArrayList<>(ids.size());
            for (String id : ids) {
                table.read(sql, id)
                        .filter(resource -> Sharing.visible(caller, owner(resource)))
                        .ifPresent(found::add);
            }
            return found;
        });
    }

    Stamp stamp(Caller caller, String id) {
        return store.read(sql -> table.stamp(sql, caller, id)).orElseThrow(() -> missing(id));
    }

    List<Stamp> stamps(Caller caller, Filter filter, Page page) {
        return store.read(sql -> table.stamps(sql, caller, filter, page));
    }

    long count(Caller caller, Filter filter) {
        return store.read(sql -> table.count(sql, caller, filter));
    }

    /**
     * The row of something that the caller may change, inside a unit of work.
     *
     * @throws Failure {@code resource.not-found}, {@code policy.denied} for what is shared, {@code resource.changed}
     */
    Row<R, W> changeable(Handle sql, Caller caller, String id, OptionalLong ifGeneration) {
        Row<R, W> row = table.find(sql, id)
                .filter(found -> Sharing.visible(caller, owner(found.resource())))
                .orElseThrow(() -> missing(id));
        if (!Sharing.mayChange(caller, owner(row.resource()))) {
            throw new Failure(
                    ErrorCode.POLICY_DENIED,
                    "The " + shape.name() + " '" + id + "' is shared by everybody and cannot be changed by you.");
        }
        long generation = shape.keys(row.resource(), row.work()).generation();
        if (ifGeneration.isPresent() && ifGeneration.getAsLong() != generation) {
            throw new Failure(
                    ErrorCode.RESOURCE_CHANGED,
                    "The " + shape.name() + " '" + id + "' changed in the meantime; read it and try again.");
        }
        return row;
    }

    private String owner(R resource) {
        return shape.owner(resource);
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
