package hansa.faces.rest;

import static hansa.faces.rest.Routes.caller;

import hansa.cloud.CloudName;
import hansa.cloud.RemoteId;
import hansa.federation.caller.Caller;
import hansa.federation.compute.ExistingMachines;
import hansa.federation.compute.Machine;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code /clouds/{name}/machines} and {@code /clouds/{name}/adoptions}: machines that were there before Hansa. */
final class ExistingRoutes {

    private final Wire wire;
    private final ExistingMachines machines;

    ExistingRoutes(Wire wire, ExistingMachines machines) {
        this.wire = wire;
        this.machines = machines;
    }

    record ExistingMachine(
            String id,
            String cloud,
            String name,
            String state,
            int cores,
            long memoryMib,
            long diskGib,
            List<String> addresses,
            Instant created,
            Instant observed) {

        static ExistingMachine of(hansa.federation.compute.ExistingMachine machine) {
            return new ExistingMachine(
                    machine.id().value(),
                    machine.cloud().value(),
                    machine.name(),
                    Texts.of(machine.state()),
                    machine.size().cores(),
                    machine.size().memoryMib(),
                    machine.size().diskGib(),
                    machine.addresses(),
                    machine.created(),
                    machine.observed());
        }
    }

    record NewAdoption(String machine, Optional<String> owner, Optional<String> vo, Optional<String> title) {

        hansa.federation.compute.NewAdoption wanted() {
            return new hansa.federation.compute.NewAdoption(new RemoteId(machine), owner, vo, title);
        }
    }

    List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(
                caller(Method.GET, "/clouds/{name}/machines", this::list),
                caller(Method.POST, "/clouds/{name}/adoptions", this::adopt));
    }

    private Response list(Request request, Caller caller) {
        CloudName cloud = cloud(request);
        List<ExistingMachine> all =
                machines.list(caller, cloud).stream().map(ExistingMachine::of).toList();
        String path = Routes.path(request, "clouds", cloud.value()) + "/machines";
        return wire.answer(200, Listing.paged(all, ExistingMachine::id, path, Query.ofList(request)));
    }

    private Response adopt(Request request, Caller caller) {
        NewAdoption wish = wire.read(request, NewAdoption.class);
        Machine machine = machines.adopt(caller, cloud(request), wish.wanted());
        return Generations.tagged(wire.answer(201, VmWire.Vm.of(machine)), machine.generation())
                .with("Location", Routes.path(request, "vms", machine.id().value()));
    }

    private static CloudName cloud(Request request) {
        return Texts.cloud(request.pathParameter("name"));
    }
}
