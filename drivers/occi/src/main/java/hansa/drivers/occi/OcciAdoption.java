package hansa.drivers.occi;

import hansa.cloud.Adoption;
import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Token;
import hansa.drivers.occi.Marked.Thing;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.List;
import java.util.Optional;

/**
 * Machines that somebody else made with our account. Only a service that lets its users define mixins takes a mark without
 * anything else being changed, so only at another Hansa they are adopted; elsewhere they are shown.
 */
final class OcciAdoption implements Adoption {

    private final Endpoint endpoint;
    private final Entities entities;

    OcciAdoption(Endpoint endpoint, Entities entities) {
        this.endpoint = endpoint;
        this.entities = entities;
    }

    @Override
    public List<RemoteMachine> others() {
        return entities.all(Infrastructure.COMPUTE).stream()
                .flatMap(compute -> Marked.thing(compute).stream())
                .filter(thing -> tokenOf(thing.id(), thing.entity()).isEmpty())
                .map(this::view)
                .toList();
    }

    private Optional<Token> tokenOf(RemoteId id, OcciMessage compute) {
        return endpoint.peer().marks().tokenOf(id.value(), compute);
    }

    private RemoteMachine view(Thing thing) {
        return MachineView.of(endpoint.peer(), thing.id(), thing.entity(), Optional.empty());
    }

    @Override
    public RemoteMachine adopt(RemoteId machine, Token token) {
        OcciMessage before = endpoint.read(Infrastructure.COMPUTE, machine);
        Optional<Token> carried = tokenOf(machine, before);
        if (carried.isPresent()) {
            if (!carried.get().equals(token)) {
                throw new CloudException.Conflict(
                        "the machine " + machine + " carries the token '" + carried.get() + "' already");
            }
            return view(new Thing(machine, before));
        }
        CategoryId tag = tag(token);
        endpoint.define(tag, Marks.tagLocation(token));
        endpoint.change(Infrastructure.COMPUTE, machine, new Message().mixin(tag));
        return view(new Thing(machine, endpoint.read(Infrastructure.COMPUTE, machine)));
    }

    private CategoryId tag(Token token) {
        return endpoint.peer()
                .marks()
                .tag(token)
                .orElseThrow(
                        () -> new CloudException.InvalidRequest(
                                "the service keeps no mark at a machine that it has already, so the machine cannot be adopted"));
    }

    @Override
    public void release(RemoteId machine) {
        endpoint.find(Infrastructure.COMPUTE, machine)
                .flatMap(compute -> tokenOf(machine, compute))
                .ifPresent(token -> {
                    if (endpoint.peer().marks().id(token).equals(Optional.of(machine.value()))) {
                        throw new CloudException.InvalidRequest(
                                "the machine " + machine + " was made with its token and cannot be let go of");
                    }
                    endpoint.undefine(tag(token));
                });
    }
}
