package hansa.faces.occi;

import hansa.federation.compute.Allocation;
import hansa.federation.compute.LinkState;
import hansa.federation.compute.NicLink;
import hansa.federation.compute.VolumeLink;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.Kind;
import hansa.protocols.occi.Link;
import hansa.protocols.occi.Mixin;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Network interfaces and attached volumes as OCCI shows them (GFD.224, Linking Infrastructure Resources). */
final class LinkForms {

    static final String INTERFACE = "occi.networkinterface.interface";
    static final String MAC = "occi.networkinterface.mac";
    static final String NIC_STATE = "occi.networkinterface.state";
    static final String ADDRESS = "occi.networkinterface.address";
    static final String GATEWAY = "occi.networkinterface.gateway";
    static final String ALLOCATION = "occi.networkinterface.allocation";
    static final String DEVICE = "occi.storagelink.deviceid";
    static final String MOUNTPOINT = "occi.storagelink.mountpoint";
    static final String VOLUME_STATE = "occi.storagelink.state";

    private final Kind compute;
    private final Kind network;
    private final Kind storage;
    private final Kind networkInterface;
    private final Kind storageLink;
    private final Mixin ipInterface;

    LinkForms(Forms forms) {
        compute = forms.kind(Infrastructure.COMPUTE);
        network = forms.kind(Infrastructure.NETWORK);
        storage = forms.kind(Infrastructure.STORAGE);
        networkInterface = forms.kind(Infrastructure.NETWORK_INTERFACE);
        storageLink = forms.kind(Infrastructure.STORAGE_LINK);
        ipInterface = forms.mixin(Infrastructure.IP_NETWORK_INTERFACE);
    }

    Link form(NicLink nic) {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        Forms.put(attributes, INTERFACE, nic.device());
        Forms.put(attributes, MAC, nic.mac());
        attributes.put(NIC_STATE, AttributeValue.of(state(nic.state())));
        Forms.put(attributes, NIC_STATE + ".message", message(nic.state(), nic.message()));
        List<Mixin> mixins = new ArrayList<>(1);
        if (!nic.addresses().isEmpty()) {
            mixins.add(ipInterface);
            attributes.put(ADDRESS, AttributeValue.of(nic.addresses().getFirst()));
            nic.gateway().ifPresent(gateway -> attributes.put(GATEWAY, AttributeValue.of(gateway)));
            attributes.put(ALLOCATION, AttributeValue.of(allocation(nic.allocation())));
        }
        Forms.tags(nic.tags(), mixins);
        return new Link(
                networkInterface,
                nic.id().value(),
                Optional.empty(),
                mixins,
                attributes,
                List.of(),
                at(compute, nic.machine().value()),
                Optional.of(compute.id()),
                at(network, nic.network().value()),
                Optional.of(network.id()));
    }

    Link form(VolumeLink link) {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        Forms.put(attributes, DEVICE, link.device());
        link.mountpoint().ifPresent(path -> attributes.put(MOUNTPOINT, AttributeValue.of(path)));
        attributes.put(VOLUME_STATE, AttributeValue.of(state(link.state())));
        Forms.put(attributes, VOLUME_STATE + ".message", message(link.state(), link.message()));
        return new Link(
                storageLink,
                link.id().value(),
                Optional.empty(),
                Forms.tags(link.tags()),
                attributes,
                List.of(),
                at(compute, link.machine().value()),
                Optional.of(compute.id()),
                at(storage, link.volume().value()),
                Optional.of(storage.id()));
    }

    private static String at(Kind kind, String id) {
        return kind.location().orElse("/") + id;
    }

    static String allocation(Allocation allocation) {
        return allocation.name().toLowerCase(Locale.ROOT);
    }

    private static String state(LinkState state) {
        return switch (state) {
            case ACTIVE -> "active";
            case PENDING, INACTIVE, DELETING -> "inactive";
            case ERROR -> "error";
        };
    }

    private static String message(LinkState state, String message) {
        return switch (state) {
            case ACTIVE, INACTIVE, ERROR -> message;
            case PENDING -> message.isEmpty() ? "being plugged in" : message;
            case DELETING -> message.isEmpty() ? "being unplugged" : message;
        };
    }
}
