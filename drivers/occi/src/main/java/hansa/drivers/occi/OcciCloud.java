package hansa.drivers.occi;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription;
import hansa.cloud.Facet;
import hansa.cloud.MachineOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Token;
import hansa.drivers.occi.Marked.Thing;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One OCCI service. Machines that we did not make are neither shown nor touched. */
final class OcciCloud implements Cloud {

    private final OcciSettings settings;
    private final Endpoint endpoint;
    private final Entities entities;
    private final Marked marked;
    private final Orders orders;
    private final Power power;
    private final List<Facet> facets;

    OcciCloud(OcciSettings settings) {
        this.settings = settings;
        this.endpoint = new Endpoint(settings);
        this.entities = new Entities(endpoint);
        this.marked = new Marked(endpoint, entities);
        this.orders = new Orders(endpoint);
        this.power = new Power(endpoint);
        Patience patience = new Patience(settings.timeLimit());
        this.facets = List.of(
                new OcciVolumes(endpoint, entities, marked, patience),
                new OcciNetworks(endpoint, entities, marked, patience),
                new OcciResizing(endpoint, orders),
                new OcciAdoption(endpoint, entities));
    }

    @Override
    public CloudDescription describe() {
        return Offer.of(endpoint, entities, settings);
    }

    @Override
    public RemoteMachine create(MachineOrder order) {
        return view(marked.create(Infrastructure.COMPUTE, order.token(), orders.machine(order)));
    }

    private RemoteMachine view(Thing thing) {
        return MachineView.of(endpoint.peer(), thing.id(), thing.entity());
    }

    @Override
    public Optional<RemoteMachine> findByToken(Token token) {
        return marked.find(Infrastructure.COMPUTE, token).map(this::view);
    }

    @Override
    public RemoteMachine read(RemoteId machine) {
        return MachineView.of(endpoint.peer(), machine, endpoint.read(Infrastructure.COMPUTE, machine));
    }

    @Override
    public List<RemoteMachine> list() {
        return marked.ours(Infrastructure.COMPUTE).stream().map(this::view).toList();
    }

    @Override
    public void delete(RemoteId machine) {
        endpoint.delete(Infrastructure.COMPUTE, machine);
    }

    @Override
    public void power(RemoteId machine, PowerAction action) {
        power.act(machine, action);
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> facet) {
        return facets.stream().filter(facet::isInstance).map(facet::cast).findFirst();
    }

    @Override
    public Recovery recover(Set<Token> known) {
        return Recovery.of(
                known,
                list().stream().map(machine -> machine.token().orElseThrow()).toList());
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
