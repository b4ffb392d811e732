package hansa.faces.rest;

import static hansa.faces.rest.Routes.caller;

import hansa.cloud.Console;
import hansa.faces.rest.VmWire.ActionOptions;
import hansa.faces.rest.VmWire.NewVm;
import hansa.faces.rest.VmWire.NoOptions;
import hansa.faces.rest.VmWire.SaveOptions;
import hansa.faces.rest.VmWire.Vm;
import hansa.faces.rest.VmWire.VmChange;
import hansa.federation.caller.Caller;
import hansa.federation.compute.Acted;
import hansa.federation.compute.Filter;
import hansa.federation.compute.Machine;
import hansa.federation.compute.MachineAction;
import hansa.federation.compute.MachineId;
import hansa.federation.compute.MachineService;
import hansa.federation.compute.MachineState;
import hansa.federation.images.ImageId;
import hansa.federation.images.Images;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.federation.sites.FlavourId;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** {@code /vms}: virtual machines, what can be done to them, and their consoles. */
final class VmRoutes {

    private static final long LARGE_BODY = 256 * 1024;
    private static final int MAX_CONSOLE = 1024 * 1024;
    private static final int USUAL_CONSOLE = 64 * 1024;

    private final Wire wire;
    private final MachineService machines;
    private final Images images;
    private final Shelf<Machine, Vm> shelf;

    VmRoutes(Wire wire, MachineService machines, Images images, Changes changes) {
        this.wire = wire;
        this.machines = machines;
        this.images = images;
        this.shelf = new Shelf<>(
                "vms",
                "vm",
                machine -> machine.id().value(),
                Machine::generation,
                Vm::of,
                new Machines(machines),
                wire,
                changes);
    }

    List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(
                caller(Method.GET, "/vms", this::list),
                caller(Method.POST, "/vms", LARGE_BODY, this::create),
                caller(Method.GET, "/vms/{id}", shelf::show),
                caller(Method.PATCH, "/vms/{id}", this::change),
                caller(Method.DELETE, "/vms/{id}", this::delete),
                caller(Method.POST, "/vms/{id}/actions/start", this::start),
                caller(
                        Method.POST,
                        "/vms/{id}/actions/stop",
                        (request, caller) -> act(request, caller, ActionOptions::stop)),
                caller(
                        Method.POST,
                        "/vms/{id}/actions/restart",
                        (request, caller) -> act(request, caller, ActionOptions::restart)),
                caller(
                        Method.POST,
                        "/vms/{id}/actions/suspend",
                        (request, caller) -> act(request, caller, ActionOptions::suspend)),
                caller(Method.POST, "/vms/{id}/actions/save", this::save),
                caller(Method.GET, "/vms/{id}/console", this::console));
    }

    private Response list(Request request, Caller caller) {
        Query query = Query.ofList(request, "title", "state", "image", "flavour", "cloud", "vo", "tag");
        Filter filter = new Filter(
                query.text("tag").map(tag -> TagNames.id(caller, tag)),
                query.text("image").map(ImageId::new),
                query.text("flavour").map(FlavourId::new),
                query.text("title"),
                query.text("state")
                        .map(state ->
                                Texts.choice("state", state, MachineState.class).name()),
                query.text("cloud").map(Texts::cloud),
                query.text("vo"),
                Map.of());
        return shelf.list(request, caller, query, filter);
    }

    private Response create(Request request, Caller caller) {
        NewVm wanted = wire.read(request, NewVm.class);
        return shelf.created(request, machines.create(caller, wanted.wanted(caller)));
    }

    private Response change(Request request, Caller caller) {
        VmChange change = wire.readPatch(request, VmChange.class, VmChange.REMOVABLE);
        return shelf.one(200, machines.update(caller, id(request), change.wanted(), Generations.demanded(request)));
    }

    private Response delete(Request request, Caller caller) {
        shelf.checkUnchanged(request, caller);
        machines.delete(caller, id(request));
        return Response.empty(202);
    }

    private Response start(Request request, Caller caller) {
        wire.readIfAny(request, NoOptions.class);
        return shelf.one(
                202,
                machines.act(caller, id(request), new MachineAction.Start()).machine());
    }

    private Response act(Request request, Caller caller, Function<ActionOptions, MachineAction> action) {
        MachineAction wanted = action.apply(wire.readIfAny(request, ActionOptions.class));
        return shelf.one(202, machines.act(caller, id(request), wanted).machine());
    }

    private Response save(Request request, Caller caller) {
        SaveOptions options = wire.read(request, SaveOptions.class);
        Acted acted = machines.act(caller, id(request), options.save());
        ImageId image = acted.image()
                .orElseThrow(() -> new Failure(ErrorCode.INTERNAL, "The machine was saved without naming its image."));
        return wire.answer(202, ImageWire.Image.of(images.get(caller, image)))
                .with("Location", Routes.path(request, "images", image.value()));
    }

    private Response console(Request request, Caller caller) {
        Query query = Query.of(request, "offset", "limit");
        long offset = query.number("offset", 0, Long.MAX_VALUE).orElse(0);
        int limit = (int) query.number("limit", 1, MAX_CONSOLE).orElse(USUAL_CONSOLE);
        Console.Output output = machines.console(caller, id(request), offset, limit);
        String next = Routes.path(request, "vms", id(request).value(), "console") + "?offset=" + output.next();
        return Response.of(200, "text/plain;charset=utf-8", output.content().toArray())
                .with("Link", "<" + next + ">; rel=\"next\"");
    }

    private static MachineId id(Request request) {
        return new MachineId(request.pathParameter("id"));
    }

    private record Machines(MachineService machines) implements Shelf.Source<Machine> {

        @Override
        public Machine get(Caller caller, String id) {
            return machines.get(caller, new MachineId(id));
        }

        @Override
        public List<Machine> getAll(Caller caller, List<String> ids) {
            return machines.getAll(caller, ids.stream().map(MachineId::new).toList());
        }

        @Override
        public Stamp stamp(Caller caller, String id) {
            return machines.stamp(caller, new MachineId(id));
        }

        @Override
        public List<Stamp> stamps(Caller caller, Filter filter, Page page) {
            return machines.stamps(caller, filter, page);
        }
    }
}
