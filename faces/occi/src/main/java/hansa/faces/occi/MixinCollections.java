package hansa.faces.occi;

import hansa.faces.occi.Listing.Piece;
import hansa.federation.compute.Member;
import hansa.federation.compute.TagService;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Response;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.CategoryReference;
import hansa.protocols.occi.CoreAttributes;
import hansa.protocols.occi.Kind;
import hansa.protocols.occi.Mixin;
import hansa.protocols.occi.Model;
import hansa.protocols.occi.OcciMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What can be done with the entities that carry a mixin, at the mixin's location. */
final class MixinCollections {

    private final Repositories repositories;
    private final Model model;
    private final Lists lists;
    private final Answers answers;
    private final Bodies bodies;
    private final Invocations invocations;
    private final Selection selection;
    private final TagService tags;

    MixinCollections(
            Repositories repositories,
            Model model,
            Lists lists,
            Answers answers,
            Bodies bodies,
            Invocations invocations,
            Selection selection,
            TagService tags) {
        this.repositories = repositories;
        this.model = model;
        this.lists = lists;
        this.answers = answers;
        this.bodies = bodies;
        this.invocations = invocations;
        this.selection = selection;
        this.tags = tags;
    }

    Response list(Marker marker, Exchange x) {
        return list(marker, x, bodies.read(x.request()));
    }

    private Response list(Marker marker, Exchange x, OcciMessage filter) {
        Criteria criteria = selection.criteria(x, filter).and(marker);
        return lists.render(x, carriers(marker, criteria), criteria, selection.window(x));
    }

    /** The repositories whose entities can carry a mixin. */
    private List<Repository> carriers(Marker marker, Criteria criteria) {
        return repositories.all().stream()
                .filter(repository -> criteria.kinds().stream().allMatch(kind -> model.isA(repository.kind(), kind)))
                .filter(repository -> switch (marker) {
                    case Marker.Image _, Marker.Flavour _ -> repository.memberKind() == Member.Kind.MACHINE;
                    case Marker.Capability(Mixin mixin) -> model.applies(mixin, repository.kind());
                    case Marker.UserTag _, Marker.Below _ -> true;
                })
                .toList();
    }

    /** Adds members, or acts on those that are there. */
    Response post(Marker.Named marker, Exchange x) {
        OcciMessage message = bodies.read(x.request());
        if (Invocations.isMeant(x.request(), message)) {
            return act(marker, x, message);
        }
        switch (marker) {
            case Marker.UserTag(String id, String _) -> tags.add(x.caller(), id, required(members(x, message)));
            case Marker.Flavour flavour -> resize(flavour, x, required(members(x, message)));
            case Marker.Image _, Marker.Capability _ -> throw fixed();
        }
        return answers.changed(x);
    }

    private Response act(Marker marker, Exchange x, OcciMessage message) {
        Map<Repository, List<String>> targets = new LinkedHashMap<>();
        for (Piece piece : lists.members(x.caller(), carriers(marker, Criteria.NONE), Criteria.NONE.and(marker))) {
            targets.computeIfAbsent(piece.repository(), _ -> new ArrayList<>())
                    .addAll(KindCollections.ids(piece.stamps()));
        }
        // All of them are looked at before the first is acted on: an action that one kind does not have changes
        // nothing.
        Map<Repository, Invocation> found = new LinkedHashMap<>();
        targets.keySet()
                .forEach(repository ->
                        found.put(repository, invocations.invocation(x.request(), repository.kind(), message)));
        List<Mixin> made = new ArrayList<>();
        found.forEach((repository, invocation) ->
                made.addAll(repository.act(x.caller(), targets.getOrDefault(repository, List.of()), invocation)));
        return made.isEmpty() ? answers.done(x) : answers.categories(x, made);
    }

    /** Replaces the members. */
    Response put(Marker.Named marker, Exchange x) {
        OcciMessage message = bodies.read(x.request());
        switch (marker) {
            case Marker.UserTag(String id, String _) -> tags.replace(x.caller(), id, members(x, message));
            case Marker.Flavour _, Marker.Image _, Marker.Capability _ -> throw fixed();
        }
        return list(marker, x, OcciMessage.empty());
    }

    /** Takes members out: those that are named, or all. */
    Response delete(Marker.Named marker, Exchange x) {
        OcciMessage message = bodies.read(x.request());
        switch (marker) {
            case Marker.UserTag(String id, String _) -> {
                List<Member> named = members(x, message);
                if (named.isEmpty()) {
                    tags.replace(x.caller(), id, List.of());
                } else {
                    tags.remove(x.caller(), id, named);
                }
            }
            case Marker.Flavour _, Marker.Image _, Marker.Capability _ -> throw fixed();
        }
        return answers.deleted(x);
    }

    private static Failure fixed() {
        return new Failure(
                ErrorCode.CATEGORY_NOT_APPLICABLE,
                "What carries this mixin follows from the resources themselves; only collections of users' own mixins can be"
                        + " filled and emptied.");
    }

    private void resize(Marker.Flavour flavour, Exchange x, List<Member> members) {
        if (members.size() > 1 || members.getFirst().kind() != Member.Kind.MACHINE) {
            throw new Failure(
                    ErrorCode.REQUEST_MALFORMED,
                    "A resource_tpl is given to one machine at a time; send one X-OCCI-Location of /compute/.");
        }
        Repository machines = repositories.serving(members.getFirst());
        Kind kind = machines.kind();
        Stored current = machines.read(x.caller(), members.getFirst().id());
        Wish wish = new Wish(kind, Optional.empty(), Map.of(), List.of(), List.of(flavour.id()), Set.of(), List.of());
        machines.update(x.caller(), current, wish, OptionalLong.empty());
    }

    private static List<Member> required(List<Member> members) {
        if (members.isEmpty()) {
            throw new Failure(
                    ErrorCode.REQUEST_MALFORMED,
                    "The request names no members; send X-OCCI-Location with the URL of each.");
        }
        return members;
    }

    private List<Member> members(Exchange x, OcciMessage message) {
        Set<Member> members = new LinkedHashSet<>();
        message.locations().forEach(location -> members.add(member(x, location)));
        for (OcciMessage each : message.members()) {
            members.add(member(x, location(each)));
        }
        return List.copyOf(members);
    }

    private Member member(Exchange x, String location) {
        return repositories
                .member(x.local(location))
                .orElseThrow(() -> new Failure(
                        ErrorCode.LINK_TARGET_MISSING,
                        "There is no resource at " + Words.shown(location)
                                + "; send the URL of one as lists show it."));
    }

    /** Where a member of a JSON collection is found. */
    private String location(OcciMessage member) {
        Optional<Kind> kind = member.categories().stream()
                .map(CategoryReference::id)
                .map(this::kind)
                .flatMap(Optional::stream)
                .findFirst();
        return kind.flatMap(Kind::location).orElse("/")
                + Paths.id(member.text(CoreAttributes.ID).orElse(""));
    }

    private Optional<Kind> kind(CategoryId id) {
        return model.kind(id);
    }
}
