package hansa.faces.rest;

import static hansa.faces.rest.Routes.caller;

import hansa.faces.rest.NetworkWire.NetworkChange;
import hansa.faces.rest.NetworkWire.NewNetwork;
import hansa.faces.rest.VmWire.NoOptions;
import hansa.federation.caller.Caller;
import hansa.federation.compute.Filter;
import hansa.federation.compute.Network;
import hansa.federation.compute.NetworkAction;
import hansa.federation.compute.NetworkId;
import hansa.federation.compute.NetworkService;
import hansa.federation.compute.NetworkState;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /networks}. */
final class NetworkRoutes {

    private final Wire wire;
    private final NetworkService networks;
    private final Shelf<Network, NetworkWire.Network> shelf;

    NetworkRoutes(Wire wire, NetworkService networks, Changes changes) {
        this.wire = wire;
        this.networks = networks;
        this.shelf = new Shelf<>(
                "networks",
                "network",
                network -> network.id().value(),
                Network::generation,
                NetworkWire.Network::of,
                new Networks(networks),
                wire,
                changes);
    }

    List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(
                caller(Method.GET, "/networks", this::list),
                caller(Method.POST, "/networks", this::create),
                caller(Method.GET, "/networks/{id}", shelf::show),
                caller(Method.PATCH, "/networks/{id}", this::change),
                caller(Method.DELETE, "/networks/{id}", this::delete),
                action("up", NetworkAction.UP),
                action("down", NetworkAction.DOWN));
    }

    private Route<Rule, Optional<Caller>> action(String name, NetworkAction action) {
        return caller(Method.POST, "/networks/{id}/actions/" + name, (request, caller) -> {
            wire.readIfAny(request, NoOptions.class);
            return shelf.one(202, networks.act(caller, id(request), action));
        });
    }

    private Response list(Request request, Caller caller) {
        Query query = Query.ofList(request, "title", "state", "cloud", "vo", "tag");
        Filter filter = new Filter(
                query.text("tag").map(tag -> TagNames.id(caller, tag)),
                Optional.empty(),
                Optional.empty(),
                query.text("title"),
                query.text("state")
                        .map(state ->
                                Texts.choice("state", state, NetworkState.class).name()),
                query.text("cloud").map(Texts::cloud),
                query.text("vo"),
                Map.of());
        return shelf.list(request, caller, query, filter);
    }

    private Response create(Request request, Caller caller) {
        NewNetwork wanted = wire.read(request, NewNetwork.class);
        return shelf.created(request, networks.create(caller, wanted.wanted(caller)));
    }

    private Response change(Request request, Caller caller) {
        NetworkChange change = wire.readPatch(request, NetworkChange.class, NetworkChange.REMOVABLE);
        return shelf.one(200, networks.update(caller, id(request), change.wanted(), Generations.demanded(request)));
    }

    private Response delete(Request request, Caller caller) {
        shelf.checkUnchanged(request, caller);
        networks.delete(caller, id(request));
        return Response.empty(202);
    }

    private static NetworkId id(Request request) {
        return new NetworkId(request.pathParameter("id"));
    }

    private record Networks(NetworkService networks) implements Shelf.Source<Network> {

        @Override
        public Network get(Caller caller, String id) {
            return networks.get(caller, new NetworkId(id));
        }

        @Override
        public List<Network> getAll(Caller caller, List<String> ids) {
            return networks.getAll(caller, ids.stream().map(NetworkId::new).toList());
        }

        @Override
        public Stamp stamp(Caller caller, String id) {
            return networks.stamp(caller, new NetworkId(id));
        }

        @Override
        public List<Stamp> stamps(Caller caller, Filter filter, Page page) {
            return networks.stamps(caller, filter, page);
        }
    }
}
