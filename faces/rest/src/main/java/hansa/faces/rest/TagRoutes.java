package hansa.faces.rest;

import static hansa.faces.rest.Routes.caller;

import hansa.federation.caller.Caller;
import hansa.federation.compute.TagService;
import hansa.federation.listing.Page;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import java.util.List;
import java.util.Optional;

/** {@code /tags}: marks that users make and put on resources; OCCI knows them as user mixins. */
final class TagRoutes {

    private final Wire wire;
    private final TagService tags;

    TagRoutes(Wire wire, TagService tags) {
        this.wire = wire;
        this.tags = tags;
    }

    record Tag(String id, String name, String title, String location, Optional<String> related, String owner) {

        static Tag of(hansa.federation.compute.Tag tag) {
            return new Tag(tag.id(), TagNames.name(tag.id()), tag.title(), tag.location(), tag.related(), tag.owner());
        }
    }

    record NewTag(String id, Optional<String> title, Optional<String> location, Optional<String> related) {}

    /** What carries a tag. */
    record Member(String kind, String id) {

        static Member of(hansa.federation.compute.Member member) {
            return new Member(Texts.of(MemberKind.of(member.kind())), member.id());
        }
    }

    /** The kinds under their names on the wire. */
    enum MemberKind {
        VM,
        VOLUME,
        NETWORK,
        NIC,
        ATTACHMENT;

        static MemberKind of(hansa.federation.compute.Member.Kind kind) {
            return switch (kind) {
                case MACHINE -> VM;
                case VOLUME -> VOLUME;
                case NETWORK -> NETWORK;
                case NIC_LINK -> NIC;
                case VOLUME_LINK -> ATTACHMENT;
            };
        }

        hansa.federation.compute.Member.Kind kind() {
            return switch (this) {
                case VM -> hansa.federation.compute.Member.Kind.MACHINE;
                case VOLUME -> hansa.federation.compute.Member.Kind.VOLUME;
                case NETWORK -> hansa.federation.compute.Member.Kind.NETWORK;
                case NIC -> hansa.federation.compute.Member.Kind.NIC_LINK;
                case ATTACHMENT -> hansa.federation.compute.Member.Kind.VOLUME_LINK;
            };
        }
    }

    List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(
                caller(Method.GET, "/tags", this::list),
                caller(Method.POST, "/tags", this::create),
                caller(
                        Method.GET,
                        "/tags/{tag}",
                        (request, caller) -> wire.answer(200, Tag.of(existing(request, caller)))),
                caller(Method.DELETE, "/tags/{tag}", (request, caller) -> {
                    tags.delete(caller, existing(request, caller).id());
                    return Response.empty(204);
                }),
                caller(Method.GET, "/tags/{tag}/members", this::members),
                caller(Method.PUT, "/tags/{tag}/members/{kind}/{id}", (request, caller) -> {
                    tags.add(caller, existing(request, caller).id(), List.of(member(request)));
                    return Response.empty(204);
                }),
                caller(Method.DELETE, "/tags/{tag}/members/{kind}/{id}", (request, caller) -> {
                    tags.remove(caller, existing(request, caller).id(), List.of(member(request)));
                    return Response.empty(204);
                }));
    }

    private Response list(Request request, Caller caller) {
        Query query = Query.ofList(request, "name");
        List<Tag> all = tags.list(caller).stream()
                .map(Tag::of)
                .filter(tag -> query.text("name").map(tag.name()::equals).orElse(true))
                .toList();
        return wire.answer(200, Listing.paged(all, Tag::id, Routes.path(request, "tags"), query));
    }

    private Response create(Request request, Caller caller) {
        NewTag wanted = wire.read(request, NewTag.class);
        String id = TagNames.id(caller, wanted.id());
        String location = wanted.location().orElseGet(() -> TagNames.location(caller, id));
        hansa.federation.compute.Tag made =
                tags.create(caller, id, wanted.title().orElse(""), location, wanted.related());
        return wire.answer(201, Tag.of(made)).with("Location", Routes.path(request, "tags", made.id()));
    }

    private Response members(Request request, Caller caller) {
        Query query = Query.ofList(request);
        hansa.federation.compute.Tag tag = existing(request, caller);
        int limit = query.limit();
        List<Member> found = tags.members(caller, tag.id(), new Page(query.after(), 0, limit + 1)).stream()
                .map(Member::of)
                .toList();
        boolean more = found.size() > limit;
        return wire.answer(
                200,
                Listing.of(
                        more ? found.subList(0, limit) : found,
                        more,
                        Member::id,
                        Routes.path(request, "tags", tag.id(), "members"),
                        query));
    }

    /** In a path an unknown tag is a resource that is not there. */
    private hansa.federation.compute.Tag existing(Request request, Caller caller) {
        String reference = request.pathParameter("tag");
        try {
            return tags.get(caller, TagNames.id(caller, reference));
        } catch (Failure failure) {
            if (failure.code() == ErrorCode.CATEGORY_UNKNOWN) {
                throw new Failure(
                        ErrorCode.RESOURCE_NOT_FOUND,
                        "There is no tag '" + Wire.printable(reference) + "'; list the tags for those that there are.",
                        failure);
            }
            throw failure;
        }
    }

    private static hansa.federation.compute.Member member(Request request) {
        MemberKind kind = Texts.choice("kind", request.pathParameter("kind"), MemberKind.class);
        return new hansa.federation.compute.Member(kind.kind(), request.pathParameter("id"));
    }
}
