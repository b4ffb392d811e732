package hansa.drivers.openstack;

import hansa.cloud.Adoption;
import hansa.cloud.BootContext;
import hansa.cloud.CloudException;
import hansa.cloud.Facet;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whose software answers, and all that is different by that. Synnefo's compute interface is an early one of OpenStack with words of its own;
 * what is known of it here is what its own client (kamaki) sends.
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
