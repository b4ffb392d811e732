package hansa.faces.rest;

import static hansa.faces.rest.Routes.caller;

import hansa.faces.rest.PlacementWire.NewVmSet;
import hansa.faces.rest.PlacementWire.VmPlan;
import hansa.federation.caller.Caller;
import hansa.federation.compute.MachineId;
import hansa.federation.compute.MachineService;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import java.util.List;
import java.util.Optional;

/** {@code /vm-sets}, {@code /vm-plans} and {@code /vms/{id}/plan}: machines together, and where they go and why. */
final class PlacementRoutes {

    private static final long LARGE_BODY = 256 * 1024;

    private final Wire wire;
    private final MachineService machines;

    PlacementRoutes(Wire wire, MachineService machines) {
        this.wire = wire;
        this.machines = machines;
    }

    List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(
                caller(Method.POST, "/vm-sets", LARGE_BODY, this::create),
                caller(Method.POST, "/vm-plans", LARGE_BODY, this::plan),
                caller(Method.GET, "/vms/{id}/plan", this::explain));
    }

    record VmSet(List<VmWire.Vm> items) {}

    private Response create(Request request, Caller caller) {
        NewVmSet wanted = wire.read(request, NewVmSet.class);
        return wire.answer(
                201,
                new VmSet(machines
                        .createAll(
                                caller,
                                wanted.vm().wanted(caller),
                                wanted.count().orElse(1))
                        .stream()
                        .map(VmWire.Vm::of)
                        .toList()));
    }

    private Response plan(Request request, Caller caller) {
        NewVmSet wanted = wire.read(request, NewVmSet.class);
        return wire.answer(
                200,
                VmPlan.of(machines.plan(
                        caller, wanted.vm().wanted(caller), wanted.count().orElse(1))));
    }

    private Response explain(Request request, Caller caller) {
        return wire.answer(200, VmPlan.of(machines.explain(caller, new MachineId(request.pathParameter("id")))));
    }
}
