package hansa.faces.rest;

import static hansa.faces.rest.Routes.caller;

import hansa.faces.rest.VoWire.NewVo;
import hansa.faces.rest.VoWire.NewVoGroup;
import hansa.faces.rest.VoWire.NewVoQuota;
import hansa.faces.rest.VoWire.Vo;
import hansa.faces.rest.VoWire.VoChange;
import hansa.faces.rest.VoWire.VoGroup;
import hansa.faces.rest.VoWire.VoQuota;
import hansa.federation.caller.Caller;
import hansa.federation.compute.OrganisationUse;
import hansa.federation.vos.Group;
import hansa.federation.vos.Limits;
import hansa.federation.vos.Organisation;
import hansa.federation.vos.OrganisationQuotas;
import hansa.federation.vos.Organisations;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import hansa.protocols.voms.Fqan;
import java.util.List;
import java.util.Optional;

/** {@code /vos}: virtual organisations and their groups. */
final class VoRoutes {

    private final Wire wire;
    private final Organisations organisations;
    private final OrganisationQuotas quotas;
    private final OrganisationUse use;

    VoRoutes(Wire wire, Organisations organisations, OrganisationQuotas quotas, OrganisationUse use) {
        this.wire = wire;
        this.organisations = organisations;
        this.quotas = quotas;
        this.use = use;
    }

    List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(
                caller(Method.GET, "/vos", this::list),
                caller(Method.POST, "/vos", this::create),
                caller(Method.GET, "/vos/{vo}", (request, caller) -> one(200, organisations.get(caller, vo(request)))),
                caller(Method.PATCH, "/vos/{vo}", this::change),
                caller(Method.DELETE, "/vos/{vo}", (request, caller) -> {
                    organisations.delete(caller, vo(request), Generations.demanded(request));
                    return Response.empty(204);
                }),
                caller(Method.GET, "/vos/{vo}/quota", (request, caller) -> quota(use.of(caller, vo(request)))),
                caller(Method.PUT, "/vos/{vo}/quota", this::setQuota),
                caller(Method.GET, "/vos/{vo}/groups", this::groups),
                caller(Method.POST, "/vos/{vo}/groups", this::createGroup),
                caller(Method.DELETE, "/vos/{vo}/groups/{group}", (request, caller) -> {
                    organisations.deleteGroup(caller, within(request, request.pathParameter("group")));
                    return Response.empty(204);
                }));
    }

    static String vo(Request request) {
        return request.pathParameter("vo");
    }

    /** A group or right of the virtual organisation in the path; shorter ones are taken to lie below it. */
    static String within(Request request, String group) {
        String root = "/" + vo(request);
        return group.equals(root) || group.startsWith(root + "/")
                ? group
                : root + (group.startsWith("/") ? "" : "/") + group;
    }

    static Fqan fqan(String text) {
        try {
            return Fqan.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new Failure(
                    ErrorCode.ATTRIBUTE_INVALID,
                    "'" + Wire.printable(text) + "' is no group or role; write it like /vo/group/Role=manager.",
                    wrong);
        }
    }

    private Response one(int status, Organisation organisation) {
        return Generations.tagged(wire.answer(status, Vo.of(organisation)), organisation.generation());
    }

    private Response quota(OrganisationUse.Report report) {
        return Generations.tagged(
                wire.answer(200, VoQuota.of(report)), report.limits().generation());
    }

    private Response setQuota(Request request, Caller caller) {
        Limits wanted = wire.read(request, NewVoQuota.class).wanted();
        quotas.set(caller, vo(request), wanted, Generations.demanded(request));
        return quota(use.of(caller, vo(request)));
    }

    private Response list(Request request, Caller caller) {
        List<Vo> all = organisations.list(caller).stream().map(Vo::of).toList();
        return wire.answer(200, Listing.paged(all, Vo::name, Routes.path(request, "vos"), Query.ofList(request)));
    }

    private Response create(Request request, Caller caller) {
        NewVo wanted = wire.read(request, NewVo.class);
        Organisation made = organisations.create(
                caller,
                wanted.name(),
                wanted.title().orElse(""),
                wanted.summary().orElse(""));
        return one(201, made).with("Location", Routes.path(request, "vos", made.name()));
    }

    private Response change(Request request, Caller caller) {
        VoChange change = wire.readPatch(request, VoChange.class, VoChange.REMOVABLE);
        return one(200, organisations.update(caller, vo(request), change.wanted(), Generations.demanded(request)));
    }

    private Response groups(Request request, Caller caller) {
        List<VoGroup> all = organisations.groups(caller, vo(request)).stream()
                .map(VoGroup::of)
                .toList();
        String path = Routes.path(request, "vos", vo(request), "groups");
        return wire.answer(200, Listing.paged(all, VoGroup::path, path, Query.ofList(request)));
    }

    private Response createGroup(Request request, Caller caller) {
        NewVoGroup wanted = wire.read(request, NewVoGroup.class);
        Group made = organisations.createGroup(
                caller, within(request, wanted.path()), wanted.title().orElse(""));
        return wire.answer(201, VoGroup.of(made))
                .with("Location", Routes.path(request, "vos", vo(request), "groups", made.path()));
    }
}
