package hansa.faces.rest;

import hansa.federation.caller.Caller;
import hansa.federation.compute.Filter;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * How the resources of one kind are read, alike for all kinds that the store keeps by generation.
 *
 * @param name of the collection's path segment, for example {@code vms}
 * @param noun for messages
 * @param <D> the domain's record
 * @param <W> what it looks like on the wire
 */
record Shelf<D, W extends Record>(
        String name,
        String noun,
        Function<D, String> id,
        Function<D, Long> generation,
        Function<D, W> wire,
        Source<D> source,
        Wire json,
        Changes changes) {

    /** Where they come from. */
    interface Source<D> {
        D get(Caller caller, String id);

        List<D> getAll(Caller caller, List<String> ids);

        Stamp stamp(Caller caller, String id);

        List<Stamp> stamps(Caller caller, Filter filter, Page page);
    }

    /** A page of those that the filter lets through. */
    Response list(Request request, Caller caller, Query query, Filter filter) {
        int limit = query.limit();
        Page page = new Page(query.after(), 0, limit + 1);
        List<Stamp> stamps = source.stamps(caller, filter, page);
        boolean more = stamps.size() > limit;
        List<String> ids = stamps.stream().limit(limit).map(Stamp::id).toList();
        List<D> found = source.getAll(caller, ids);
        List<W> items = found.stream().map(wire).toList();
        if (!more || found.isEmpty()) {
            return json.answer(200, Listing.of(items, false, _ -> "", "", query));
        }
        // The last id asked for, not the last one found: what was deleted in between must not end the list.
        return json.answer(200, Listing.of(items, true, _ -> ids.getLast(), Routes.path(request, name), query));
    }

    /** One of them; when asked to, not before it has changed or the time is over. */
    Response show(Request request, Caller caller) {
        Query query = Query.of(request, "changedAfter", "timeoutSeconds");
        String wanted = request.pathParameter("id");
        OptionalLong after = query.number("changedAfter", 0, Long.MAX_VALUE);
        long seconds = query.number("timeoutSeconds", 0, 3600).orElse(Changes.LONGEST.toSeconds());
        if (after.isPresent()) {
            Duration patience = Duration.ofSeconds(Math.min(seconds, Changes.LONGEST.toSeconds()));
            changes.await(() -> source.stamp(caller, wanted), after.getAsLong(), patience);
        }
        long generation = source.stamp(caller, wanted).generation();
        return Generations.known(request, generation)
                ? Generations.tagged(Response.empty(304), generation)
                : one(200, source.get(caller, wanted));
    }

    Response one(int status, D resource) {
        return Generations.tagged(json.answer(status, wire.apply(resource)), generation.apply(resource));
    }

    /** The answer to a create: where it is, and how it is so far. */
    Response created(Request request, D resource) {
        return one(201, resource).with("Location", Routes.path(request, name, id.apply(resource)));
    }

    /**
     * Makes sure that what is about to be deleted is what the client thinks it is.
     *
     * @throws Failure {@code resource.changed}, {@link ErrorCode#RESOURCE_NOT_FOUND}
     */
    void checkUnchanged(Request request, Caller caller) {
        if (Generations.demanded(request).isPresent()) {
            String wanted = request.pathParameter("id");
            Generations.check(
                    request, noun + " " + wanted, source.stamp(caller, wanted).generation());
        }
    }
}
