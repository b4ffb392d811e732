package hansa.faces.rest;

import static hansa.faces.rest.Routes.caller;

import hansa.faces.rest.VmWire.Attachment;
import hansa.faces.rest.VmWire.NewAttachment;
import hansa.faces.rest.VmWire.NewVmNic;
import hansa.faces.rest.VmWire.Nic;
import hansa.federation.caller.Caller;
import hansa.federation.compute.LinkId;
import hansa.federation.compute.LinkService;
import hansa.federation.compute.MachineId;
import hansa.federation.compute.MachineService;
import hansa.federation.compute.NicLink;
import hansa.federation.compute.VolumeLink;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import java.util.List;
import java.util.Optional;

/** {@code /vms/{id}/nics} and {@code /vms/{id}/attachments}: what is plugged into a machine. */
final class VmLinkRoutes {

    private final Wire wire;
    private final MachineService machines;
    private final LinkService links;

    VmLinkRoutes(Wire wire, MachineService machines, LinkService links) {
        this.wire = wire;
        this.machines = machines;
        this.links = links;
    }

    List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(
                caller(Method.GET, "/vms/{id}/nics", this::nics),
                caller(Method.POST, "/vms/{id}/nics", this::addNic),
                caller(
                        Method.GET,
                        "/vms/{id}/nics/{nic}",
                        (request, caller) -> wire.answer(200, Nic.of(nic(request, caller)))),
                caller(Method.DELETE, "/vms/{id}/nics/{nic}", (request, caller) -> {
                    links.delete(caller, nic(request, caller).id());
                    return Response.empty(202);
                }),
                caller(Method.GET, "/vms/{id}/attachments", this::attachments),
                caller(Method.POST, "/vms/{id}/attachments", this::attach),
                caller(
                        Method.GET,
                        "/vms/{id}/attachments/{attachment}",
                        (request, caller) -> wire.answer(200, Attachment.of(attachment(request, caller)))),
                caller(Method.DELETE, "/vms/{id}/attachments/{attachment}", (request, caller) -> {
                    links.delete(caller, attachment(request, caller).id());
                    return Response.empty(202);
                }));
    }

    private Response nics(Request request, Caller caller) {
        Query query = Query.ofList(request);
        List<Nic> all =
                machines.get(caller, vm(request)).nics().stream().map(Nic::of).toList();
        return wire.answer(200, Listing.paged(all, Nic::id, path(request, "nics"), query));
    }

    private Response addNic(Request request, Caller caller) {
        NewVmNic wanted = wire.read(request, NewVmNic.class);
        NicLink link = links.addNic(caller, vm(request), wanted.wanted());
        return wire.answer(201, Nic.of(link))
                .with("Location", path(request, "nics") + "/" + link.id().value());
    }

    private NicLink nic(Request request, Caller caller) {
        LinkId id = new LinkId(request.pathParameter("nic"));
        return machines.get(caller, vm(request)).nics().stream()
                .filter(link -> link.id().equals(id))
                .findFirst()
                .orElseThrow(() -> missing("nic", id, request));
    }

    private Response attachments(Request request, Caller caller) {
        Query query = Query.ofList(request);
        List<Attachment> all = machines.get(caller, vm(request)).volumes().stream()
                .map(Attachment::of)
                .toList();
        return wire.answer(200, Listing.paged(all, Attachment::id, path(request, "attachments"), query));
    }

    private Response attach(Request request, Caller caller) {
        NewAttachment wanted = wire.read(request, NewAttachment.class);
        VolumeLink link = links.addVolume(caller, vm(request), wanted.wanted());
        return wire.answer(201, Attachment.of(link))
                .with("Location", path(request, "attachments") + "/" + link.id().value());
    }

    private VolumeLink attachment(Request request, Caller caller) {
        LinkId id = new LinkId(request.pathParameter("attachment"));
        return machines.get(caller, vm(request)).volumes().stream()
                .filter(link -> link.id().equals(id))
                .findFirst()
                .orElseThrow(() -> missing("attachment", id, request));
    }

    private static Failure missing(String what, LinkId id, Request request) {
        return new Failure(
                ErrorCode.RESOURCE_NOT_FOUND,
                "The vm " + vm(request) + " has no " + what + " " + id + "; read the vm for those that it has.");
    }

    private static String path(Request request, String collection) {
        return Routes.path(request, "vms", vm(request).value(), collection);
    }

    private static MachineId vm(Request request) {
        return new MachineId(request.pathParameter("id"));
    }
}
