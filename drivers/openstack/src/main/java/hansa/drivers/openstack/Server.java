package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import hansa.cloud.Size;
import hansa.cloud.Token;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A machine as Nova tells of it.
 *
 * @param task what Nova is doing to it
 * @param fault why it failed
 * @param volumes ids, without that of a first disk which goes away with the machine
 * @param volumeBacked whether its first disk is a volume
 */
record Server(
        String id,
        String name,
        String status,
        Optional<String> task,
        Map<String, String> metadata,
        String fault,
        Size size,
        List<Address> addresses,
        List<String> volumes,
        boolean volumeBacked,
        Instant created) {

    Server {
        metadata = Map.copyOf(metadata);
        addresses = List.copyOf(addresses);
        volumes = List.copyOf(volumes);
    }

    /**
     * One address of an interface.
     *
     * @param network the name of the network
     * @param mac empty where the cloud does not tell
     * @param floating whether it is a public one that is led to the interface
     */
    record Address(String network, String address, String mac, boolean floating) {}

    /** @param flavours the size of a flavour by its id, for versions of Nova that do not embed it */
    static Server of(JsonNode server, Dialect dialect, Function<String, Size> flavours) {
        String id = server.path("id").asString("");
        if (!id.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new CloudException.Unavailable("Nova does not answer as it should: a server without an id");
        }
        Map<String, String> metadata = metadata(server.path("metadata"));
        // Nova tells the image of others only.
        boolean volumeBacked = dialect.hasBootVolumes()
                && server.has("image")
                && !server.path("image").has("id");
        return new Server(
                id,
                server.path("name").asString(""),
                dialect.status(server.path("status").asString("UNKNOWN")),
                dialect.task(server),
                metadata,
                Refusals.oneLine(dialect.fault(server)),
                disk(size(server.path("flavor"), flavours), volumeBacked, metadata),
                dialect.addresses(server),
                volumes(server.path("os-extended-volumes:volumes_attached"), volumeBacked),
                volumeBacked,
                instant(server.path("created").asString("")));
    }

    private static Map<String, String> metadata(JsonNode node) {
        Map<String, String> metadata = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asString("")));
        return metadata;
    }

    static Size size(JsonNode flavour, Function<String, Size> flavours) {
        if (flavour.has("vcpus")) {
            return clamped(
                    flavour.path("vcpus").asInt(1),
                    flavour.path("ram").asLong(16),
                    flavour.path("disk").asLong(0));
        }
        return flavours.apply(flavour.path("id").asString(""));
    }

    /** A size that is one also where a cloud has odd flavours. */
    static Size clamped(int cores, long memoryMib, long diskGib) {
        return new Size(
                Math.clamp(cores, 1, 1024),
                Math.clamp(memoryMib, 16, 16L * 1024 * 1024),
                Math.clamp(diskGib, 0, 64L * 1024));
    }

    /** @param networks the member {@code addresses}, by the names of the networks */
    static List<Address> addresses(JsonNode networks) {
        List<Address> addresses = new ArrayList<>();
        networks.properties().forEach(network -> {
            for (JsonNode address : network.getValue()) {
                addresses.add(new Address(
                        network.getKey(),
                        address.path("addr").asString(""),
                        address.path("OS-EXT-IPS-MAC:mac_addr").asString(""),
                        address.path("OS-EXT-IPS:type").asString("fixed").equals("floating")));
            }
        });
        return addresses;
    }

    /** The size with that of the volume which is the first disk, where we ordered it. */
    private static Size disk(Size size, boolean volumeBacked, Map<String, String> metadata) {
        String gib = metadata.getOrDefault(Marks.DISK, "");
        return volumeBacked && gib.matches("\\d{1,6}")
                ? clamped(size.cores(), size.memoryMib(), Long.parseLong(gib))
                : size;
    }

    private static List<String> volumes(JsonNode attached, boolean volumeBacked) {
        List<String> volumes = new ArrayList<>();
        for (JsonNode volume : attached) {
            if (!volumeBacked || !volume.path("delete_on_termination").asBoolean(false)) {
                volumes.add(volume.path("id").asString(""));
            }
        }
        return volumes.stream().filter(id -> !id.isEmpty()).toList();
    }

    /** Nova and its neighbours write instants with and without the zone, which is always UTC. */
    static Instant instant(String text) {
        try {
            return Instant.parse(text.replaceAll("(?<=\\d)$", "Z").replaceAll("\\+00:?00Z?$", "Z"));
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    Optional<Token> token() {
        return Marks.token(metadata.getOrDefault(Marks.TOKEN, ""));
    }

    /** @throws CloudException.InvalidRequest where its first disk is a volume, of which Nova makes images without content */
    void requireDiskOfItsHost() {
        if (volumeBacked) {
            throw new CloudException.InvalidRequest("the first disk of the machine " + id
                    + " is a volume, of which Nova makes no image; only machines with a disk on their host have that");
        }
    }

    boolean isGone() {
        return status.equals("DELETED") || status.equals("SOFT_DELETED");
    }
}
