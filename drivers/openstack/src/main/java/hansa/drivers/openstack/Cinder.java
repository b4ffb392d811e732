package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume;
import hansa.cloud.RemoteVolume.VolumeState;
import hansa.cloud.Token;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Volumes of our project, in whole GiB. */
final class Cinder {

    static final long MIB_PER_GIB = 1024;
    private static final long MOST_MIB = 64L * 1024 * 1024;

    private final Service volume;
    private final Patience patience;
    private final OpenStackSettings settings;

    Cinder(Service volume, Patience patience, OpenStackSettings settings) {
        this.volume = volume;
        this.patience = patience;
        this.settings = settings;
    }

    Service service() {
        return volume;
    }

    List<JsonNode> list(String path, String member) {
        return Pages.all(volume, path, member, settings.page());
    }

    /** The oldest one of a kind whose metadata hold the token. */
    Optional<JsonNode> marked(String path, String member, Token token) {
        String query = "?metadata=" + Pages.encoded("{\"" + Marks.TOKEN + "\": \"" + token + "\"}");
        return list(path + query, member).stream()
                .filter(node -> tokenOf(node).equals(Optional.of(token)))
                .min(Comparator.comparing(node -> node.path("created_at").asString("")));
    }

    static Optional<Token> tokenOf(JsonNode node) {
        return Marks.token(node.path("metadata").path(Marks.TOKEN).asString(""));
    }

    <T> T until(Supplier<T> look, Predicate<T> wanted) {
        return patience.until(look, wanted);
    }

    static String volumePath(RemoteId id) {
        return "/volumes/" + Marks.segment(id, "volume");
    }

    JsonNode node(RemoteId id) {
        return volume.get(volumePath(id)).path("volume");
    }

    static String status(JsonNode node) {
        return node.path("status").asString("");
    }

    /** The volume when nothing happens to it any more, or when the patience is at its end. */
    JsonNode settled(RemoteId id) {
        return until(() -> node(id), node -> !passes(status(node)));
    }

    /** Whether something happens to it that ends by itself. */
    static boolean passes(String status) {
        return status.endsWith("ing") || status.equals("reserved") || status.equals("backing-up");
    }

    /**
     * @param source {@code snapshot_id} or {@code backup_id} with its value, or nothing
     */
    RemoteVolume create(Token token, String name, long sizeMib, Map<String, String> source) {
        Map<String, Object> wanted = new LinkedHashMap<>(source);
        wanted.put("name", name);
        wanted.put("size", gib(sizeMib));
        wanted.put("metadata", Map.of(Marks.TOKEN, token.value()));
        // What is made of a copy has its type.
        if (source.isEmpty()) {
            settings.volumeType().ifPresent(type -> wanted.put("volume_type", type));
            settings.availabilityZone().ifPresent(zone -> wanted.put("availability_zone", zone));
        }
        return view(volume.post("/volumes", Map.of("volume", wanted)).path("volume"));
    }

    /**
     * The volume with its own token and name, once it is made of a backup: Cinder ends by giving it those that the backup's volume had.
     *
     * @throws CloudException.Unavailable while it is not made yet
     */
    RemoteVolume signed(RemoteId id, Token token, String name) {
        if (passes(status(settled(id)))) {
            throw new CloudException.Unavailable("OpenStack still makes the volume " + id + " of its copy");
        }
        Map<String, Object> own = Map.of("name", name, "metadata", Map.of(Marks.TOKEN, token.value()));
        return view(volume.put(volumePath(id), Map.of("volume", own)).path("volume"));
    }

    static long gib(long sizeMib) {
        if (sizeMib < 1 || sizeMib > MOST_MIB) {
            throw new CloudException.InvalidRequest("a volume has 1 MiB to 64 TiB, not " + sizeMib + " MiB");
        }
        return (sizeMib + MIB_PER_GIB - 1) / MIB_PER_GIB;
    }

    static RemoteVolume view(JsonNode node) {
        String id = node.path("id").asString("");
        if (id.isEmpty()) {
            throw new CloudException.Unavailable("Cinder does not answer as it should: a volume without an id");
        }
        String status = status(node);
        Optional<RemoteId> holder = Optional.of(
                        node.path("attachments").path(0).path("server_id").asString(""))
                .filter(server -> !server.isBlank())
                .map(RemoteId::new);
        boolean failed = status.startsWith("error");
        return new RemoteVolume(
                new RemoteId(id),
                tokenOf(node),
                node.path("name").asString(""),
                node.path("size").asLong(0) * MIB_PER_GIB,
                state(status),
                failed ? "Cinder: " + Refusals.oneLine(status.replace('_', ' ')) : "",
                holder);
    }

    private static VolumeState state(String status) {
        return switch (status) {
            case "available", "in-use", "attaching", "detaching", "reserved", "extending", "backing-up", "retyping" ->
                VolumeState.ONLINE;
            case "creating", "downloading", "restoring-backup" -> VolumeState.BUILDING;
            case "error", "error_restoring", "error_extending", "error_deleting", "error_backing-up" ->
                VolumeState.FAILED;
            // On its way out, for maintenance, or unknown to us.
            default -> VolumeState.OFFLINE;
        };
    }
}
