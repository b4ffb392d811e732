package hansa.drivers.openstack;

import hansa.drivers.openstack.FakeSite.Reply;
import hansa.drivers.openstack.FakeStock.Refused;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Nova at a {@link FakeSite}: machines on two hosts, and server groups, which it keeps as the real one does. */
final class FakeCompute {

    static final List<String> HOSTS = List.of("host-1", "host-2");
    static final String HOST = "OS-EXT-SRV-ATTR:host";
    private static final int MOST_GROUPS = 3;

    private final FakeStock servers;
    private final FakeStock groups;

    FakeCompute(FakeSite site) {
        servers = new FakeStock("/compute/v2.1/servers", "server", (_, server) -> made(server), FakeCompute::acted);
        groups = new FakeStock(
                "/compute/v2.1/os-server-groups", "server_group", (_, group) -> grouped(group), (_, _) -> {});
        site.list("/compute/v2.1/servers/detail", "servers", servers::all);
        site.list(
                "/compute/v2.1/os-server-groups",
                "server_groups",
                () -> groups.all().stream().map(this::withMembers).toList());
    }

    FakeStock servers() {
        return servers;
    }

    FakeStock groups() {
        return groups;
    }

    private static void acted(String action, ObjectNode server) {
        switch (action) {
            case "os-start" -> server.put("status", "ACTIVE");
            case "os-stop" -> server.put("status", "SHUTOFF");
            default -> throw new IllegalArgumentException("no action of this server: " + action);
        }
    }

    private void made(ObjectNode server) {
        String image = server.path("imageRef").asString("");
        if (!image.isEmpty() && !image.matches("[0-9a-f-]{36}")) {
            throw new Refused(badRequest("Invalid input for field/attribute imageRef. Value: " + image + "."));
        }
        server.put("status", "ACTIVE");
        server.put("created", "2026-01-02T03:04:05Z");
        server.putObject("flavor").put("vcpus", 1).put("ram", 128).put("disk", 1);
        server.putObject("addresses");
        disks(server);
        String group = groupOf(server);
        if (group.isEmpty()) {
            server.put(HOST, HOSTS.getFirst());
            return;
        }
        ObjectNode joined = groups.all().stream()
                .filter(one -> one.path("id").asString("").equals(group))
                .findFirst()
                .orElseThrow(() -> new Refused(badRequest("Instance group " + group + " could not be found.")));
        Set<String> taken = new HashSet<>(
                membersOf(group).map(one -> one.path(HOST).asString("")).toList());
        HOSTS.stream()
                .filter(host -> joined.path("policy").asString("").equals("affinity")
                        ? taken.isEmpty() || taken.contains(host)
                        : !taken.contains(host))
                .findFirst()
                .ifPresentOrElse(
                        host -> server.put(HOST, host),
                        () -> server.put("status", "ERROR")
                                .putObject("fault")
                                .put("code", 500)
                                .put("message", "No valid host was found. There are not enough hosts available."));
    }

    /** Of a machine that boots from a volume Nova tells no image, and the volume among those that it has. */
    private static void disks(ObjectNode server) {
        String image = server.path("imageRef").asString("");
        if (image.isEmpty()) {
            server.put("image", "");
        } else {
            server.putObject("image").put("id", image);
        }
        ArrayNode attached = server.putArray("os-extended-volumes:volumes_attached");
        server.path("block_device_mapping_v2").forEach(disk -> {
            if (disk.path("destination_type").asString("").equals("volume")) {
                boolean made = disk.path("source_type").asString("").equals("image");
                attached.addObject()
                        .put("id", made ? "root-volume" : disk.path("uuid").asString(""))
                        .put(
                                "delete_on_termination",
                                disk.path("delete_on_termination").asBoolean(false));
            }
        });
    }

    private void grouped(ObjectNode group) {
        if (groups.all().size() >= MOST_GROUPS) {
            throw new Refused(Reply.json(
                    403,
                    Map.of("forbidden", Map.of("code", 403, "message", "Quota exceeded, too many server groups."))));
        }
        if (!Set.of("affinity", "anti-affinity").contains(group.path("policy").asString(""))) {
            throw new Refused(badRequest("Invalid input for field/attribute policy."));
        }
    }

    private static Reply badRequest(String message) {
        return Reply.json(400, Map.of("badRequest", Map.of("code", 400, "message", message)));
    }

    private static String groupOf(ObjectNode server) {
        return server.path("os:scheduler_hints").path("group").asString("");
    }

    private Stream<ObjectNode> membersOf(String group) {
        return servers.all().stream().filter(server -> groupOf(server).equals(group));
    }

    private ObjectNode withMembers(ObjectNode group) {
        ObjectNode shown = group.deepCopy();
        ArrayNode members = shown.putArray("members");
        membersOf(group.path("id").asString(""))
                .forEach(server -> members.add(server.path("id").asString("")));
        return shown;
    }
}
