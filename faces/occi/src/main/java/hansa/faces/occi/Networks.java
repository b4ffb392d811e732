package hansa.faces.occi;

import hansa.federation.caller.Caller;
import hansa.federation.compute.Allocation;
import hansa.federation.compute.Filter;
import hansa.federation.compute.Filter.Attribute;
import hansa.federation.compute.Member;
import hansa.federation.compute.Network;
import hansa.federation.compute.NetworkAction;
import hansa.federation.compute.NetworkChange;
import hansa.federation.compute.NetworkId;
import hansa.federation.compute.NetworkService;
import hansa.federation.compute.NetworkState;
import hansa.federation.compute.NewNetwork;
import hansa.federation.compute.Placed;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CoreAttributes;
import hansa.protocols.occi.Kind;
import hansa.protocols.occi.Mixin;
import hansa.protocols.occi.Resource;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The kind {@code network}. */
final class Networks implements Repository {

    private static final String VLAN = "occi.network.vlan";
    private static final String LABEL = "occi.network.label";
    private static final String STATE = "occi.network.state";
    private static final String ADDRESS = "occi.network.address";
    private static final String GATEWAY = "occi.network.gateway";
    private static final String ALLOCATION = "occi.network.allocation";

    private static final Columns COLUMNS = new Columns(
            Map.of(CoreAttributes.ID, Attribute.ID, CoreAttributes.SUMMARY, Attribute.SUMMARY, LABEL, Attribute.LABEL),
            Map.of(VLAN, Attribute.VLAN),
            Map.of(),
            STATE,
            Set.of("active", "error"));

    private final NetworkService networks;
    private final Kind kind;
    private final Mixin ipNetwork;

    Networks(NetworkService networks, Forms forms) {
        this.networks = networks;
        this.kind = forms.kind(Infrastructure.NETWORK);
        this.ipNetwork = forms.mixin(Infrastructure.IP_NETWORK);
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public Member.Kind memberKind() {
        return Member.Kind.NETWORK;
    }

    @Override
    public Columns columns() {
        return COLUMNS;
    }

    @Override
    public Stamp stamp(Caller caller, String id) {
        return networks.stamp(caller, new NetworkId(id));
    }

    @Override
    public List<Stamp> stamps(Caller caller, Filter filter, Page page) {
        return networks.stamps(caller, filter, page);
    }

    @Override
    public Stored read(Caller caller, String id) {
        return stored(networks.get(caller, new NetworkId(id)));
    }

    @Override
    public List<Stored> readAll(Caller caller, List<Stamp> stamps) {
        List<NetworkId> ids =
                stamps.stream().map(stamp -> new NetworkId(stamp.id())).toList();
        return networks.getAll(caller, ids).stream().map(this::stored).toList();
    }

    private Stored stored(Network network) {
        return new Stored(network.id().value(), network.generation(), () -> form(network));
    }

    private Resource form(Network network) {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        network.vlan().ifPresent(vlan -> attributes.put(VLAN, AttributeValue.of(vlan)));
        Forms.put(attributes, LABEL, network.label());
        attributes.put(STATE, AttributeValue.of(state(network.state())));
        Forms.put(attributes, STATE + ".message", network.message());
        List<Mixin> mixins = new ArrayList<>(1);
        if (network.cidr().isPresent()) {
            mixins.add(ipNetwork);
            attributes.put(ADDRESS, AttributeValue.of(network.cidr().get()));
            network.gateway().ifPresent(gateway -> attributes.put(GATEWAY, AttributeValue.of(gateway)));
            attributes.put(ALLOCATION, AttributeValue.of(LinkForms.allocation(network.allocation())));
        }
        Forms.tags(network.tags(), mixins);
        return new Resource(
                kind,
                network.id().value(),
                Forms.shown(network.title()),
                Forms.shown(network.summary()),
                mixins,
                attributes,
                Forms.actions(kind, actions(network)),
                List.of());
    }

    private static String state(NetworkState state) {
        return switch (state) {
            case ACTIVE -> "active";
            case PENDING, INACTIVE, DELETING -> "inactive";
            case ERROR -> "error";
        };
    }

    /** A network that everybody shares is not the caller's to take down. */
    private static Set<String> actions(Network network) {
        if (network.owner().isEmpty()) {
            return Set.of();
        }
        return switch (network.state()) {
            case ACTIVE -> Set.of("down");
            case INACTIVE -> Set.of("up");
            case PENDING, ERROR, DELETING -> Set.of();
        };
    }

    @Override
    public Stored create(Caller caller, Wish wish) {
        return stored(networks.create(caller, order(wish, wish.id())));
    }

    private static NewNetwork order(Wish wish, Optional<String> id) {
        if (!wish.links().isEmpty()) {
            throw new Failure(
                    ErrorCode.CATEGORY_NOT_APPLICABLE,
                    "A network has no links of its own; link a machine to it by POST to the networkinterface collection.");
        }
        return new NewNetwork(
                id.map(NetworkId::new),
                wish.title().orElse(""),
                wish.summary().orElse(""),
                wish.text(LABEL).orElse(""),
                wish.integer(VLAN),
                wish.text(ADDRESS).filter(cidr -> !cidr.isBlank()),
                wish.text(GATEWAY).filter(gateway -> !gateway.isBlank()),
                wish.text(ALLOCATION)
                        .map(word -> word.equals("static") ? Allocation.STATIC : Allocation.DYNAMIC)
                        .orElse(Allocation.DYNAMIC),
                Optional.empty(),
                wish.tags());
    }

    @Override
    public Stored update(Caller caller, Stored current, Wish wish, OptionalLong ifGeneration) {
        Map<String, AttributeValue> shown = current.entity().attributes();
        for (String fixed : List.of(VLAN, ADDRESS, GATEWAY, ALLOCATION)) {
            AttributeValue wanted = wish.attributes().get(fixed);
            if (wanted != null && !wanted.equals(shown.get(fixed))) {
                throw new Failure(
                        ErrorCode.ATTRIBUTE_IMMUTABLE,
                        "The attribute " + fixed
                                + " of a network cannot be changed here; leave it out, or make a new network.");
            }
        }
        NetworkChange change = new NetworkChange(wish.title(), wish.summary(), wish.text(LABEL), wish.tags(), Set.of());
        return stored(networks.update(caller, new NetworkId(current.id()), change, ifGeneration));
    }

    @Override
    public Placed<Stored> replace(Caller caller, Stored current, Wish wish) {
        Placed<Network> placed =
                networks.replace(caller, new NetworkId(current.id()), order(wish, Optional.of(current.id())));
        return new Placed<>(stored(placed.resource()), placed.created());
    }

    @Override
    public List<Mixin> act(Caller caller, List<String> ids, Invocation invocation) {
        NetworkAction action = switch (invocation.term()) {
            case "up" -> NetworkAction.UP;
            case "down" -> NetworkAction.DOWN;
            default -> throw invocation.unserved();
        };
        if (ids.size() == 1) {
            networks.act(caller, new NetworkId(ids.getFirst()), action);
        } else {
            networks.actAll(caller, ids.stream().map(NetworkId::new).toList(), action);
        }
        return List.of();
    }

    @Override
    public void delete(Caller caller, List<String> ids) {
        if (ids.size() == 1) {
            networks.delete(caller, new NetworkId(ids.getFirst()));
        } else {
            networks.deleteAll(caller, ids.stream().map(NetworkId::new).toList());
        }
    }
}
