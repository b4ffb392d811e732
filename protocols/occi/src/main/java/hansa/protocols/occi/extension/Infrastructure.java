package hansa.protocols.occi.extension;

import static hansa.protocols.occi.AttributeDefinition.attribute;
import static hansa.protocols.occi.AttributeType.INTEGER;
import static hansa.protocols.occi.AttributeType.NUMBER;
import static hansa.protocols.occi.AttributeType.STRING;

import hansa.protocols.occi.ActionDefinition;
import hansa.protocols.occi.AttributeDefinition;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.Extension;
import hansa.protocols.occi.Kind;
import hansa.protocols.occi.Mixin;
import hansa.protocols.occi.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Machines, networks, volumes and their links (GFD.184, GFD.224). Sizes are in GiB, clock rates in GHz. */
public final class Infrastructure {
    public static final String SCHEME = "http://schemas.ogf.org/occi/infrastructure#";
    private static final String ROOT = "http://schemas.ogf.org/occi/infrastructure/";

    public static final CategoryId COMPUTE = new CategoryId(SCHEME, "compute");
    public static final CategoryId NETWORK = new CategoryId(SCHEME, "network");
    public static final CategoryId STORAGE = new CategoryId(SCHEME, "storage");
    public static final CategoryId NETWORK_INTERFACE = new CategoryId(SCHEME, "networkinterface");
    public static final CategoryId STORAGE_LINK = new CategoryId(SCHEME, "storagelink");
    public static final CategoryId IP_NETWORK = new CategoryId(ROOT + "network#", "ipnetwork");
    public static final CategoryId IP_NETWORK_INTERFACE =
            new CategoryId(ROOT + "networkinterface#", "ipnetworkinterface");
    public static final CategoryId OS_TEMPLATE = new CategoryId(SCHEME, "os_tpl");
    public static final CategoryId RESOURCE_TEMPLATE = new CategoryId(SCHEME, "resource_tpl");
    public static final CategoryId SSH_KEY = new CategoryId(ROOT + "credentials#", "ssh_key");
    public static final CategoryId USER_DATA = new CategoryId(ROOT + "compute#", "user_data");

    /** The attribute of {@link #SSH_KEY}: a line as in {@code authorized_keys}. */
    public static final String SSH_PUBLIC_KEY = "occi.credentials.ssh.publickey";

    /** The attribute of {@link #USER_DATA}: base64. */
    public static final String COMPUTE_USER_DATA = "occi.compute.userdata";

    private Infrastructure() {}

    /** The identifier of an action: {@code action(COMPUTE, "start")}. */
    public static CategoryId action(CategoryId kind, String term) {
        return new CategoryId(ROOT + kind.term() + "/action#", term);
    }

    public static Extension extension(Profile profile) {
        return new Extension(
                "infrastructure",
                List.of(compute(profile), network(), storage(profile), networkInterface(), storageLink()),
                List.of(
                        ipNetwork(),
                        ipNetworkInterface(),
                        template(OS_TEMPLATE, "Operating system template"),
                        template(RESOURCE_TEMPLATE, "Resource template"),
                        sshKey(),
                        userData()),
                Map.of(
                        // Spellings that are out there: ooi 1.2.0, and examples of the specifications themselves.
                        "occi.crendentials.ssh.publickey", SSH_PUBLIC_KEY,
                        "occi.compute.architechture", "occi.compute.architecture",
                        "occi.infrastructure.networkinterface.interface", "occi.networkinterface.interface",
                        "occi.infrastructure.networkinterface.mac", "occi.networkinterface.mac",
                        "occi.infrastructure.networkinterface.address", "occi.networkinterface.address",
                        "occi.infrastructure.networkinterface.gateway", "occi.networkinterface.gateway",
                        "occi.infrastructure.networkinterface.allocation", "occi.networkinterface.allocation"));
    }

    private static Kind compute(Profile profile) {
        List<AttributeDefinition> attributes = new ArrayList<>(List.of(
                attribute("occi.compute.architecture", STRING, "CPU architecture")
                        .oneOf("x86", "x64"),
                attribute("occi.compute.cores", INTEGER, "Number of CPU cores").within(1, 1_000_000),
                attribute("occi.compute.hostname", STRING, "Fully qualified host name"),
                attribute("occi.compute.share", INTEGER, "Relative number of CPU shares")
                        .within(0, 1_000_000_000),
                attribute("occi.compute.memory", NUMBER, "Memory in GiB").within(0, 1_000_000)));
        if (profile == Profile.COMPATIBLE) {
            attributes.add(attribute("occi.compute.speed", NUMBER, "CPU clock rate in GHz")
                    .within(0, 1_000_000));
            attributes.addAll(state("occi.compute", "active", "inactive", "suspended", "error", "waiting"));
        } else {
            attributes.addAll(state("occi.compute", "active", "inactive", "suspended", "error"));
        }
        return resource(
                COMPUTE,
                "Compute Resource",
                attributes,
                List.of(
                        invocable(COMPUTE, "start", "Start the machine"),
                        invocable(COMPUTE, "stop", "Stop the machine", method("graceful", "acpioff", "poweroff")),
                        invocable(COMPUTE, "restart", "Restart the machine", method("graceful", "warm", "cold")),
                        invocable(COMPUTE, "suspend", "Suspend the machine", method("hibernate", "suspend")),
                        invocable(
                                COMPUTE,
                                "save",
                                "Save the machine as an image",
                                method("hot", "deferred"),
                                attribute("name", STRING, "Name of the new image"))));
    }

    private static Kind network() {
        List<AttributeDefinition> attributes = new ArrayList<>(List.of(
                attribute("occi.network.vlan", INTEGER, "802.1q VLAN identifier")
                        .within(0, 4095),
                attribute("occi.network.label", STRING, "VLAN label")));
        attributes.addAll(state("occi.network", "active", "inactive", "error"));
        return resource(
                NETWORK,
                "Network Resource",
                attributes,
                List.of(
                        invocable(NETWORK, "up", "Bring the network up"),
                        invocable(NETWORK, "down", "Take the network down")));
    }

    private static Kind storage(Profile profile) {
        List<AttributeDefinition> attributes =
                new ArrayList<>(List.of(attribute("occi.storage.size", NUMBER, "Size in GiB")
                        .asRequired()
                        .within(0, 1_000_000_000)));
        List<ActionDefinition> actions = new ArrayList<>(List.of(
                invocable(STORAGE, "online", "Bring the volume online"),
                invocable(STORAGE, "offline", "Take the volume offline")));
        if (profile == Profile.COMPATIBLE) {
            actions.add(invocable(STORAGE, "backup", "Back the volume up"));
            actions.add(invocable(STORAGE, "snapshot", "Take a snapshot of the volume"));
            actions.add(invocable(
                    STORAGE,
                    "resize",
                    "Resize the volume",
                    attribute("size", NUMBER, "New size in GiB").asRequired().within(0, 1_000_000_000)));
            attributes.addAll(
                    state("occi.storage", "online", "offline", "error", "backup", "snapshot", "resize", "degraded"));
        } else {
            attributes.addAll(state("occi.storage", "online", "offline", "error"));
        }
        return resource(STORAGE, "Storage Resource", attributes, actions);
    }

    private static Kind networkInterface() {
        List<AttributeDefinition> attributes = new ArrayList<>(List.of(
                attribute("occi.networkinterface.interface", STRING, "Name of the interface in the guest")
                        .fixedAtCreation(),
                attribute("occi.networkinterface.mac", STRING, "MAC address")));
        attributes.addAll(state("occi.networkinterface", "active", "inactive", "error"));
        return link(NETWORK_INTERFACE, "Network interface", attributes);
    }

    private static Kind storageLink() {
        List<AttributeDefinition> attributes = new ArrayList<>(List.of(
                attribute(
                        "occi.storagelink.deviceid",
                        STRING,
                        "Device in the guest, or the object ID of a CDMI container"),
                attribute("occi.storagelink.mountpoint", STRING, "Where the guest mounts the volume")));
        attributes.addAll(state("occi.storagelink", "active", "inactive", "error"));
        return link(STORAGE_LINK, "Storage link", attributes);
    }

    private static Mixin ipNetwork() {
        return new Mixin(
                IP_NETWORK,
                "IP Network Mixin",
                List.of(),
                List.of(NETWORK),
                List.of(
                        attribute("occi.network.address", STRING, "Address range in CIDR notation"),
                        attribute("occi.network.gateway", STRING, "Address of the gateway"),
                        attribute("occi.network.allocation", STRING, "How addresses are given out")
                                .oneOf("dynamic", "static")),
                List.of(),
                Optional.of("/mixin/ipnetwork/"));
    }

    private static Mixin ipNetworkInterface() {
        return new Mixin(
                IP_NETWORK_INTERFACE,
                "IP Network Interface Mixin",
                List.of(),
                List.of(NETWORK_INTERFACE),
                List.of(
                        attribute("occi.networkinterface.address", STRING, "IP address of the interface")
                                .asRequired(),
                        attribute("occi.networkinterface.gateway", STRING, "Address of the gateway"),
                        attribute("occi.networkinterface.allocation", STRING, "How the address is given out")
                                .asRequired()
                                .oneOf("dynamic", "static")),
                List.of(),
                Optional.of("/mixin/ipnetworkinterface/"));
    }

    private static Mixin template(CategoryId id, String title) {
        return new Mixin(
                id, title, List.of(), List.of(COMPUTE), List.of(), List.of(), Optional.of("/mixin/" + id.term() + "/"));
    }

    private static Mixin sshKey() {
        return new Mixin(
                SSH_KEY,
                "SSH key",
                List.of(),
                List.of(COMPUTE),
                List.of(attribute(SSH_PUBLIC_KEY, STRING, "Public key that may log in")
                        .asRequired()),
                List.of(),
                Optional.of("/mixin/ssh_key/"));
    }

    private static Mixin userData() {
        return new Mixin(
                USER_DATA,
                "Contextualisation data",
                List.of(),
                List.of(COMPUTE),
                List.of(attribute(COMPUTE_USER_DATA, STRING, "Data for the guest's first boot, in base64")),
                List.of(),
                Optional.of("/mixin/user_data/"));
    }

    private static Kind resource(
            CategoryId id, String title, List<AttributeDefinition> attributes, List<ActionDefinition> actions) {
        return new Kind(id, title, Optional.of(Core.RESOURCE), attributes, actions, Optional.of("/" + id.term() + "/"));
    }

    private static Kind link(CategoryId id, String title, List<AttributeDefinition> attributes) {
        return new Kind(
                id, title, Optional.of(Core.LINK), attributes, List.of(), Optional.of("/link/" + id.term() + "/"));
    }

    private static List<AttributeDefinition> state(String prefix, String... states) {
        return List.of(
                attribute(prefix + ".state", STRING, "Current state").readOnly().oneOf(states),
                attribute(prefix + ".state.message", STRING, "Why it is in this state")
                        .readOnly());
    }

    private static ActionDefinition invocable(
            CategoryId kind, String term, String title, AttributeDefinition... attributes) {
        return new ActionDefinition(action(kind, term), title, List.of(attributes));
    }

    private static AttributeDefinition method(String... ways) {
        return attribute("method", STRING, "How it is done").oneOf(ways);
    }
}
