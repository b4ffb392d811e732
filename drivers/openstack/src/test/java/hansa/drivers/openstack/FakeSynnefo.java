package hansa.drivers.openstack;

import hansa.drivers.openstack.FakeSite.Reply;
import hansa.drivers.openstack.FakeSite.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Synnefo, as its source says that it answers: numbers for ids, no pages, tasks and failures in words of its own, and for a path that
 * it does not know 400. Its jobs end when {@link #finish} is called.
 */
final class FakeSynnefo {

    static final String TOKEN = "uuid-token/with+signs==";
    static final String PROJECT = "c18088be-16b1-4263-8180-043c54e22903";

    private static final String COMPUTE = "/cyclades/compute/v2.0";
    private static final Pattern SERVER = Pattern.compile(COMPUTE + "/servers/(\\d+)(/.*)?");

    private final Map<Integer, ObjectNode> servers = new ConcurrentSkipListMap<>();
    private final FakeSite site;

    FakeSynnefo(FakeSite site) {
        this.site = site;
        site.take(TOKEN);
        site.others(this::answer);
        site.on("POST /identity/v2.0/tokens", this::token);
    }

    private Reply token(Request request) {
        if (!request.json().path("auth").path("token").path("id").asString("").equals(TOKEN)) {
            return fault(401, "unauthorized", "Invalid token");
        }
        return Reply.ok(Map.of(
                "access",
                Map.of(
                        "token",
                        Map.of(
                                "expires",
                                "2033-06-19T15:23:59.975572+00:00",
                                "id",
                                TOKEN,
                                "tenant",
                                Map.of("id", PROJECT, "name", "Somebody")),
                        "serviceCatalog",
                        List.of(
                                service("account", "/account/v1.0"),
                                service("compute", COMPUTE),
                                service("network", "/cyclades/network/v2.0"),
                                service("image", "/cyclades/image/v1.0")))));
    }

    private Map<String, Object> service(String type, String path) {
        return Map.of(
                "type",
                type,
                "endpoints_links",
                List.of(),
                "endpoints",
                List.of(Map.of("versionId", "v2.0", "publicURL", site.url() + path)));
    }

    private static Reply fault(int status, String name, String message) {
        return Reply.json(status, Map.of(name, Map.of("code", status, "message", message, "details", "")));
    }

    private Optional<Reply> answer(Request request) {
        Matcher one = SERVER.matcher(request.path());
        if (one.matches()) {
            int id = Integer.parseInt(one.group(1));
            return Optional.of(
                    servers.containsKey(id)
                            ? server(
                                    request,
                                    servers.get(id),
                                    Optional.ofNullable(one.group(2)).orElse(""))
                            : fault(404, "itemNotFound", "Server not found."));
        }
        return Optional.of(
                switch (request.method() + " " + request.path()) {
                    case "POST " + COMPUTE + "/servers" -> create(request.json().path("server"));
                    case "GET " + COMPUTE + "/servers/detail" ->
                        Reply.ok(Map.of(
                                "servers",
                                servers.values().stream()
                                        .filter(server -> !is(server, "status", "DELETED"))
                                        .toList()));
                    case "GET " + COMPUTE + "/flavors/detail" ->
                        Reply.ok(Map.of("flavors", List.of(flavour(1, 2048, true), flavour(2, 4096, false))));
                    case "GET " + COMPUTE + "/images/detail" ->
                        Reply.ok(Map.of(
                                "images",
                                List.of(Map.of(
                                        "id",
                                        Fixtures.IMAGE,
                                        "name",
                                        "Debian Base",
                                        "status",
                                        "ACTIVE",
                                        "progress",
                                        100,
                                        "metadata",
                                        Map.of("OSFAMILY", "linux")))));
                    case "GET /cyclades/network/v2.0/networks" ->
                        Reply.ok(Map.of("networks", List.of(network(7, false), network(8, true))));
                    case "GET /cyclades/network/v2.0/subnets" ->
                        Reply.ok(Map.of(
                                "subnets",
                                List.of(Map.of(
                                        "id",
                                        "70",
                                        "network_id",
                                        "7",
                                        "cidr",
                                        "10.0.0.0/24",
                                        "gateway_ip",
                                        "10.0.0.1",
                                        "enable_dhcp",
                                        true))));
                    case "GET /cyclades/network/v2.0/ports" -> Reply.ok(Map.of("ports", ports()));
                    case "GET /account/v1.0/quotas" ->
                        Reply.ok(Map.of(
                                PROJECT,
                                Map.of(
                                        "cyclades.vm", Map.of("usage", 1, "limit", 4, "pending", 0),
                                        "cyclades.cpu", Map.of("usage", 2, "limit", 8, "pending", 0),
                                        "cyclades.ram",
                                                Map.of("usage", 2147483648L, "limit", 8589934592L, "pending", 0))));
                    default -> fault(400, "badRequest", "Unknown API endpoint");
                });
    }

    private static Map<String, Object> flavour(int id, int ram, boolean allowed) {
        return Map.of(
                "id",
                id,
                "name",
                "C2R" + ram + "D20",
                "vcpus",
                2,
                "ram",
                ram,
                "disk",
                20,
                "SNF:disk_template",
                "drbd",
                "SNF:allow_create",
                allowed);
    }

    private static Map<String, Object> network(int id, boolean isPublic) {
        return Map.of(
                "id",
                Integer.toString(id),
                "name",
                isPublic ? "internet" : "lan",
                "status",
                "ACTIVE",
                "router:external",
                isPublic,
                "public",
                isPublic,
                "subnets",
                List.of(10 * id),
                "admin_state_up",
                true);
    }

    private List<Map<String, Object>> ports() {
        return servers.values().stream()
                .map(server -> server.path("attachments").path(0))
                .map(nic -> Map.<String, Object>of(
                        "id", nic.path("id").asString(),
                        "device_id", nic.path("id").asString(),
                        "mac_address", nic.path("mac_address").asString(),
                        "network_id", nic.path("network_id").asString(),
                        "fixed_ips", List.of(Map.of("ip_address", "10.0.0.9", "subnet", "70"))))
                .toList();
    }

    private Reply create(JsonNode order) {
        if (!order.path("imageRef").asString("").equals(Fixtures.IMAGE)) {
            return fault(404, "itemNotFound", "Image not found.");
        }
        if (servers.size() >= 4) {
            return fault(
                    413,
                    "overLimit",
                    "Limit for resource 'Virtual Machine' exceeded for your account. Available: 0, Requested: 1");
        }
        int id = 42 + servers.size();
        ObjectNode server = JsonNodeFactory.instance.objectNode();
        server.put("id", id).put("name", order.path("name").asString(""));
        server.put("status", "BUILD").put("SNF:task_state", "BUILDING").put("suspended", false);
        server.put("created", "2014-02-12T08:31:37.834542+00:00");
        server.putObject("flavor").put("id", order.path("flavorRef").asInt(0));
        server.putObject("image").put("id", Fixtures.IMAGE);
        server.set("metadata", order.path("metadata"));
        String network = order.has("networks")
                ? order.path("networks").path(0).path("uuid").asString("")
                : "8";
        server.putArray("attachments")
                .addObject()
                .put("id", id)
                .put("network_id", network)
                .put("mac_address", "aa:01:02:6c:34:" + id)
                .put("ipv4", "10.0.0.9")
                .put("ipv6", "")
                .put("OS-EXT-IPS:type", network.equals("8") ? "floating" : "fixed");
        ArrayNode addresses = server.putObject("addresses").putArray(network);
        addresses.addObject().put("version", 4).put("addr", "10.0.0.9").put("OS-EXT-IPS:type", "fixed");
        server.putArray("diagnostics");
        servers.put(id, server);
        return Reply.json(202, Map.of("server", server));
    }

    private static boolean is(ObjectNode server, String member, String value) {
        return server.path(member).asString("").equals(value);
    }

    private static Reply server(Request request, ObjectNode server, String rest) {
        synchronized (server) {
            if (request.method().equals("GET") && rest.isEmpty()) {
                return Reply.ok(Map.of("server", server));
            }
            if (is(server, "status", "DELETED")) {
                return fault(400, "badRequest", "Server has been deleted.");
            }
            ObjectNode metadata = (ObjectNode) server.path("metadata");
            if (rest.startsWith("/metadata/") && request.method().equals("DELETE")) {
                metadata.remove(rest.substring("/metadata/".length()));
                return Reply.text(204, "");
            }
            return switch (request.method() + rest) {
                case "DELETE" -> started(server, "DESTROYING", 204);
                case "POST/metadata" -> {
                    request.json()
                            .path("metadata")
                            .properties()
                            .forEach(each -> metadata.set(each.getKey(), each.getValue()));
                    yield Reply.json(201, Map.of("metadata", metadata));
                }
                case "POST/action" -> act(server, request.json());
                default -> fault(400, "badRequest", "Unknown API endpoint");
            };
        }
    }

    private static Reply act(ObjectNode server, JsonNode body) {
        String action = body.propertyNames().iterator().next();
        if (!body.path(action).isObject()) {
            return fault(400, "badRequest", "Malformed Request.");
        }
        if (is(server, "status", "BUILD")) {
            return fault(409, "buildInProgress", "Server '" + server.path("id").asString() + "' is being build.");
        }
        if (!is(server, "SNF:task_state", "")) {
            return fault(400, "badRequest", "Cannot perform 'START' action while there is a pending 'STOP'.");
        }
        return switch (action) {
            case "start" -> started(server, "STARTING", 202);
            case "shutdown" -> started(server, "STOPPING", 202);
            case "reboot" ->
                List.of("SOFT", "HARD").contains(body.path(action).path("type").asString(""))
                        ? started(server, "REBOOTING", 202)
                        : fault(400, "badRequest", "Malformed Request.");
            default -> fault(400, "badRequest", "Action " + action + " not supported");
        };
    }

    private static Reply started(ObjectNode server, String task, int status) {
        server.put("SNF:task_state", task);
        return Reply.text(status, "");
    }

    /** Ends what is being done to machines. */
    void finish() {
        servers.values().forEach(server -> {
            server.put(
                    "status",
                    switch (server.path("SNF:task_state").asString("")) {
                        case "STOPPING" -> "STOPPED";
                        case "DESTROYING" -> "DELETED";
                        default -> "ACTIVE";
                    });
            server.put("SNF:task_state", "");
        });
    }

    /** The machine's making fails. */
    void fail(int id, String message) {
        ObjectNode server = servers.get(id);
        server.put("status", "ERROR").put("SNF:task_state", "");
        server.putArray("diagnostics")
                .addObject()
                .put("level", "ERROR")
                .put("source", "image-error")
                .put("message", message)
                .putNull("details");
    }

    /** The last machine's order. */
    JsonNode ordered() {
        Map<String, JsonNode> orders = new LinkedHashMap<>();
        site.requests().stream()
                .filter(request -> request.line().equals("POST " + COMPUTE + "/servers"))
                .forEach(request -> orders.put("last", request.json().path("server")));
        return orders.getOrDefault("last", JsonNodeFactory.instance.objectNode());
    }
}
