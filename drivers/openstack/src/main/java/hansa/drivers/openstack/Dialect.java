package hansa.drivers.openstack;

import hansa.cloud.Adoption;
import hansa.cloud.BootContext;
import hansa.cloud.CloudException;
import hansa.cloud.Facet;
import hansa.cloud.NicOrder;
import hansa.cloud.RemoteNetwork;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whose software answers, and all that is different by that. Synnefo's compute interface is an early one of OpenStack with words of its own;
 * what is known of it here is what its source says that it takes and answers.
 */
enum Dialect {
    OPENSTACK,
    SYNNEFO;

    /** @throws IllegalArgumentException with a line for the administrator */
    static Dialect of(String text) {
        return switch (text) {
            case "openstack" -> OPENSTACK;
            case "synnefo" -> SYNNEFO;
            default -> throw new IllegalArgumentException("'dialect' is openstack or synnefo, not '" + text + "'");
        };
    }

    /** Synnefo's Keystone speaks version 2 and takes tokens only. */
    boolean logsInByVersion2() {
        return this == SYNNEFO;
    }

    boolean hasMicroversions() {
        return this == OPENSTACK;
    }

    boolean has(Class<? extends Facet> facet) {
        return this == OPENSTACK || facet == Adoption.class;
    }

    /** Synnefo lists images at its compute service. */
    boolean imagesAtCompute() {
        return this == SYNNEFO;
    }

    /** Nova's word for a status. */
    String status(String theirs) {
        return switch (theirs) {
            case "STOPPED" -> "SHUTOFF";
            case "DESTROYED" -> "DELETED";
            default -> theirs;
        };
    }

    /** What is being done to a machine, in Nova's words where they decide something. */
    Optional<String> task(JsonNode server) {
        String task = switch (this) {
            case OPENSTACK -> server.path("OS-EXT-STS:task_state").asString("");
            case SYNNEFO -> server.path("SNF:task_state").asString("").toLowerCase(Locale.ROOT);
        };
        return Optional.of(task.equals("destroying") ? "deleting" : task).filter(text -> !text.isEmpty());
    }

    /** Why a machine failed; empty where the cloud does not say. Synnefo shows the last note of those that made it. */
    String fault(JsonNode server) {
        return switch (this) {
            case OPENSTACK -> server.path("fault").path("message").asString("");
            case SYNNEFO ->
                server.path("diagnostics")
                        .valueStream()
                        .filter(note -> note.path("level").asString("").equals("ERROR"))
                        .map(note -> note.path("message").asString(""))
                        .findFirst()
                        .orElse("");
        };
    }

    /** Of Synnefo an address that it calls floating is an interface's own, and only its attachments tell the MAC. */
    List<Server.Address> addresses(JsonNode server) {
        return switch (this) {
            case OPENSTACK -> Server.addresses(server.path("addresses"));
            case SYNNEFO ->
                server.path("attachments")
                        .valueStream()
                        .flatMap(nic -> Stream.of("ipv4", "ipv6")
                                .map(family -> nic.path(family).asString(""))
                                .filter(address -> !address.isEmpty())
                                .map(address -> new Server.Address(
                                        nic.path("network_id").asString(""),
                                        address,
                                        nic.path("mac_address").asString(""),
                                        false)))
                        .toList();
        };
    }

    /** Whether the compute service tells what our project may use; of Synnefo the account service does. */
    boolean limitsAtCompute() {
        return this == OPENSTACK;
    }

    /** Whether the cloud finds a network for machines that ask for none, where no setting names one. */
    boolean findsNetworks() {
        return this == SYNNEFO;
    }

    /**
     * @throws CloudException.InvalidRequest for an interface that Synnefo cannot make as it is wished
     */
    void requirePossible(NicOrder nic, RemoteNetwork network) {
        if (this == SYNNEFO && (nic.mac().isPresent() || network.publicAddresses())) {
            throw new CloudException.InvalidRequest(
                    "Synnefo chooses MAC addresses itself, and here it also chooses public addresses: leave out the interface on "
                            + Refusals.oneLine(network.name()) + " to get what the cloud gives");
        }
    }

    /** The body of an action without parameters, by Nova's name of it. */
    ObjectNode action(String name) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        switch (this) {
            case OPENSTACK -> body.putNull(name);
            case SYNNEFO ->
                body.putObject(
                        switch (name) {
                            case "os-start" -> "start";
                            case "os-stop" -> "shutdown";
                            default ->
                                throw new CloudException.InvalidRequest(
                                        "Synnefo cannot do what OpenStack calls " + name);
                        });
        }
        return body;
    }

    /** Whether a machine's first disk can be a volume. */
    boolean hasBootVolumes() {
        return this == OPENSTACK;
    }

    /** Whether interfaces have security groups, and machines config drives. */
    boolean hasSecurityGroups() {
        return this == OPENSTACK;
    }

    /**
     * What an order says of the context, where there is no config drive: keys are written into the guest's file system.
     *
     * @throws CloudException.InvalidRequest for user data, which nobody would read
     */
    static Map<String, Object> personality(BootContext context) {
        if (context.userData().isPresent()) {
            throw new CloudException.InvalidRequest("Synnefo has no user data");
        }
        if (context.sshKeys().isEmpty()) {
            return Map.of();
        }
        String keys = String.join("\n", context.sshKeys()) + "\n";
        return Map.of(
                "personality",
                List.of(Map.of(
                        "path", "/root/.ssh/authorized_keys",
                        "contents", Base64.getEncoder().encodeToString(keys.getBytes(StandardCharsets.UTF_8)),
                        "owner", "root",
                        "group", "root",
                        "mode", 0600)));
    }

    /** The catalogue of version 2, in the words of version 3. */
    static List<Catalogue.Endpoint> endpoints(JsonNode service) {
        String type = service.path("type").asString("");
        return service.path("endpoints")
                .valueStream()
                .flatMap(endpoint -> List.of("public", "internal", "admin").stream()
                        .map(facing -> new Catalogue.Endpoint(
                                type,
                                facing,
                                endpoint.path("region").asString(""),
                                endpoint.path(facing + "URL").asString(""))))
                .filter(endpoint -> !endpoint.url().isEmpty())
                .toList();
    }
}
