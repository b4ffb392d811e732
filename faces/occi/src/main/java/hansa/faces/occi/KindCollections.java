package hansa.faces.occi;

import hansa.federation.caller.Caller;
import hansa.federation.listing.Stamp;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Response;
import hansa.protocols.occi.Kind;
import hansa.protocols.occi.Mixin;
import hansa.protocols.occi.OcciMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What can be done with all entities of a kind, abstract kinds included, and how entities are made. */
final class KindCollections {

    private final Repositories repositories;
    private final Catalogue catalogue;
    private final Lists lists;
    private final Answers answers;
    private final Bodies bodies;
    private final Wishes wishes;
    private final Invocations invocations;
    private final Selection selection;

    KindCollections(
            Repositories repositories,
            Catalogue catalogue,
            Lists lists,
            Answers answers,
            Bodies bodies,
            Wishes wishes,
            Invocations invocations,
            Selection selection) {
        this.repositories = repositories;
        this.catalogue = catalogue;
        this.lists = lists;
        this.answers = answers;
        this.bodies = bodies;
        this.wishes = wishes;
        this.invocations = invocations;
        this.selection = selection;
    }

    Response list(List<Repository> below, Exchange x) {
        Criteria criteria = selection.criteria(x, bodies.read(x.request()));
        return lists.render(x, fitting(below, criteria), criteria, selection.window(x));
    }

    /** Filtering by a kind leaves out the repositories of the others. */
    private List<Repository> fitting(List<Repository> below, Criteria criteria) {
        return below.stream()
                .filter(repository -> criteria.kinds().stream()
                        .allMatch(kind -> catalogue.base().isA(repository.kind(), kind)))
                .toList();
    }

    /** Makes an entity, or acts on all that are there. */
    Response post(Kind kind, Exchange x) {
        OcciMessage message = bodies.read(x.request()).single();
        return Invocations.isMeant(x.request(), message)
                ? act(repositories.of(kind), x, message)
                : create(kind, x, message);
    }

    private Response create(Kind kind, Exchange x, OcciMessage message) {
        Wish wish = wishes.creation(x, kind, message);
        Repository repository = repositories.serving(wish.kind());
        return answers.created(x, repository, repository.create(x.caller(), wish));
    }

    private Response act(List<Repository> below, Exchange x, OcciMessage message) {
        Map<Repository, List<String>> members = own(below, x.caller(), Criteria.NONE);
        // All kinds are looked at before the first member is acted on: an action that one kind lacks changes nothing.
        Map<Repository, Invocation> found = new LinkedHashMap<>();
        for (Repository repository : members.isEmpty() ? below : members.keySet()) {
            found.put(repository, invocations.invocation(x.request(), repository.kind(), message));
        }
        List<Mixin> made = new ArrayList<>();
        members.forEach((repository, ids) ->
                made.addAll(repository.act(x.caller(), ids, Objects.requireNonNull(found.get(repository)))));
        return made.isEmpty() ? answers.done(x) : answers.categories(x, made);
    }

    /** Deletes what the caller owns of it, all or nothing. */
    Response deleteAll(List<Repository> below, Exchange x) {
        Criteria criteria = selection.criteria(x, bodies.read(x.request()));
        Map<Repository, List<String>> members = own(fitting(below, criteria), x.caller(), criteria);
        if (members.size() > 1) {
            throw new Failure(
                    ErrorCode.RESOURCE_IN_USE,
                    "There are entities of several kinds here, which cannot be deleted all or nothing; delete "
                            + members.keySet().stream()
                                    .map(Repositories::location)
                                    .collect(Collectors.joining(", "))
                            + " one after the other.");
        }
        members.forEach((repository, ids) -> repository.delete(x.caller(), ids));
        return answers.deleted(x);
    }

    /** An operator sees everybody's, and still means their own when they say all. */
    private Map<Repository, List<String>> own(List<Repository> below, Caller caller, Criteria criteria) {
        Map<Repository, List<String>> members = new LinkedHashMap<>();
        for (Repository repository : below) {
            List<String> ids = lists.own(repository, caller, criteria);
            if (!ids.isEmpty()) {
                members.put(repository, ids);
            }
        }
        return members;
    }

    static List<String> ids(List<Stamp> stamps) {
        return stamps.stream().map(Stamp::id).toList();
    }
}
