package hansa.faces.rest;

import static hansa.faces.rest.Routes.caller;
import static hansa.faces.rest.VoRoutes.vo;

import hansa.faces.rest.VoWire.NewVoMember;
import hansa.faces.rest.VoWire.NewVoRequest;
import hansa.faces.rest.VoWire.VoDecision;
import hansa.faces.rest.VoWire.VoMember;
import hansa.faces.rest.VoWire.VoMemberChange;
import hansa.faces.rest.VoWire.VoRequest;
import hansa.federation.caller.Caller;
import hansa.federation.listing.Page;
import hansa.federation.vos.JoinRequest;
import hansa.federation.vos.JoinRequests;
import hansa.federation.vos.Member;
import hansa.federation.vos.Members;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import hansa.protocols.voms.Fqan;
import java.util.List;
import java.util.Optional;

/** {@code /vos/{vo}/members} and {@code /vos/{vo}/requests}: who is in a virtual organisation, and who wants to be. */
final class VoMemberRoutes {

    private final Wire wire;
    private final Members members;
    private final JoinRequests requests;

    VoMemberRoutes(Wire wire, Members members, JoinRequests requests) {
        this.wire = wire;
        this.members = members;
        this.requests = requests;
    }

    List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(
                caller(Method.GET, "/vos/{vo}/members", this::list),
                caller(Method.POST, "/vos/{vo}/members", this::add),
                caller(
                        Method.GET,
                        "/vos/{vo}/members/{member}",
                        (request, caller) -> one(200, members.get(caller, vo(request), member(request)))),
                caller(Method.PATCH, "/vos/{vo}/members/{member}", this::change),
                caller(Method.DELETE, "/vos/{vo}/members/{member}", (request, caller) -> {
                    members.remove(caller, vo(request), member(request));
                    return Response.empty(204);
                }),
                caller(
                        Method.PUT,
                        "/vos/{vo}/members/{member}/rights/{right}",
                        (request, caller) -> one(200, members.grant(caller, member(request), right(request)))),
                caller(
                        Method.DELETE,
                        "/vos/{vo}/members/{member}/rights/{right}",
                        (request, caller) -> one(200, members.revoke(caller, member(request), right(request)))),
                caller(Method.DELETE, "/vos/{vo}/membership", (request, caller) -> {
                    members.leave(caller, vo(request));
                    return Response.empty(204);
                }),
                caller(Method.GET, "/vos/{vo}/requests", this::listRequests),
                caller(Method.POST, "/vos/{vo}/requests", this::apply),
                caller(
                        Method.GET,
                        "/vos/{vo}/requests/{request}",
                        (request, caller) -> wire.answer(200, VoRequest.of(existing(request, caller)))),
                caller(
                        Method.POST,
                        "/vos/{vo}/requests/{request}/actions/approve",
                        (request, caller) -> decided(request, caller, requests::approve)),
                caller(
                        Method.POST,
                        "/vos/{vo}/requests/{request}/actions/refuse",
                        (request, caller) -> decided(request, caller, requests::refuse)),
                caller(
                        Method.POST,
                        "/vos/{vo}/requests/{request}/actions/withdraw",
                        (request, caller) -> decided(request, caller, (who, id, _) -> requests.withdraw(who, id))));
    }

    private static String member(Request request) {
        return request.pathParameter("member");
    }

    private static Fqan right(Request request) {
        return VoRoutes.fqan(VoRoutes.within(request, request.pathParameter("right")));
    }

    private Response one(int status, Member member) {
        return Generations.tagged(wire.answer(status, VoMember.of(member)), member.generation());
    }

    private Response list(Request request, Caller caller) {
        Query query = Query.ofList(request, "group");
        Optional<String> group = query.text("group").map(text -> VoRoutes.within(request, text));
        Page page = new Page(query.after(), 0, query.limit() + 1);
        List<VoMember> found = members.list(caller, vo(request), group, page).stream()
                .map(VoMember::of)
                .toList();
        boolean more = found.size() > query.limit();
        return wire.answer(
                200,
                Listing.of(
                        more ? found.subList(0, query.limit()) : found,
                        more,
                        VoMember::id,
                        Routes.path(request, "vos", vo(request), "members"),
                        query));
    }

    private Response add(Request request, Caller caller) {
        NewVoMember wanted = wire.read(request, NewVoMember.class);
        Member made =
                members.add(caller, vo(request), wanted.id(), wanted.name().orElse(""), wanted.expires());
        return one(201, made).with("Location", Routes.path(request, "vos", vo(request), "members", made.caller()));
    }

    private Response change(Request request, Caller caller) {
        VoMemberChange change = wire.readPatch(request, VoMemberChange.class, VoMemberChange.REMOVABLE);
        return one(
                200,
                members.update(caller, vo(request), member(request), change.wanted(), Generations.demanded(request)));
    }

    private Response listRequests(Request request, Caller caller) {
        Query query = Query.ofList(request, "state");
        Optional<JoinRequest.State> state =
                query.text("state").map(text -> Texts.choice("state", text, JoinRequest.State.class));
        List<VoRequest> all = requests.list(caller, vo(request), Page.first(Page.MAX_LIMIT)).stream()
                .filter(found -> state.isEmpty() || state.get() == found.state())
                .map(VoRequest::of)
                .toList();
        String path = Routes.path(request, "vos", vo(request), "requests");
        return wire.answer(200, Listing.paged(all, VoRequest::id, path, query));
    }

    private Response apply(Request request, Caller caller) {
        NewVoRequest wanted = wire.read(request, NewVoRequest.class);
        Fqan right = VoRoutes.fqan(
                wanted.right().map(text -> VoRoutes.within(request, text)).orElse("/" + vo(request)));
        JoinRequest made = requests.apply(caller, right, wanted.text().orElse(""));
        return wire.answer(201, VoRequest.of(made))
                .with("Location", Routes.path(request, "vos", vo(request), "requests", made.id()));
    }

    /** A request of the virtual organisation in the path. */
    private JoinRequest existing(Request request, Caller caller) {
        JoinRequest found = requests.get(caller, request.pathParameter("request"));
        if (!found.vo().equals(vo(request))) {
            throw new Failure(
                    ErrorCode.RESOURCE_NOT_FOUND,
                    "There is no request '" + found.id() + "' to " + Wire.printable(vo(request)) + ".");
        }
        return found;
    }

    @FunctionalInterface
    private interface Decide {
        JoinRequest decide(Caller caller, String id, String reason);
    }

    private Response decided(Request request, Caller caller, Decide decide) {
        VoDecision decision = wire.readIfAny(request, VoDecision.class);
        String id = existing(request, caller).id();
        return wire.answer(
                200, VoRequest.of(decide.decide(caller, id, decision.reason().orElse(""))));
    }
}
