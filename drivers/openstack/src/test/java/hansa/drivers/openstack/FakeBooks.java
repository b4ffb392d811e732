package hansa.drivers.openstack;

import hansa.drivers.openstack.FakeSite.Reply;
import hansa.drivers.openstack.FakeSite.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Nova's books at a {@link FakeSite}: each machine counts from when it was made, and for six hours where it is gone. They know of what
 * they have seen once.
 */
final class FakeBooks {

    private static final String SERVERS = "/compute/v2.1/servers";
    private static final Duration LIFE = Duration.ofHours(6);

    private final FakeSite site;
    private final Map<String, JsonNode> seen = new TreeMap<>();

    FakeBooks(FakeSite site) {
        this.site = site;
        site.on("GET /compute/v2.1/os-simple-tenant-usage/" + FakeSite.PROJECT, this::answer);
    }

    private synchronized Reply answer(Request request) {
        Map<String, String> query = new HashMap<>();
        for (String part : request.query().split("&", -1)) {
            query.put(part.substring(0, part.indexOf('=')), part.substring(part.indexOf('=') + 1));
        }
        Instant start = Server.instant(query.getOrDefault("start", ""));
        Instant end = Server.instant(query.getOrDefault("end", ""));
        if (!start.isBefore(end)) {
            return Reply.json(400, Map.of("badRequest", Map.of("code", 400, "message", "Invalid start time.")));
        }
        look();
        List<Map<String, Object>> all = seen.values().stream()
                .map(this::stretch)
                .filter(one -> overlaps(one, start, end))
                .filter(one -> one.get("instance_id").toString().compareTo(query.getOrDefault("marker", "")) > 0)
                .toList();
        int limit = Integer.parseInt(query.getOrDefault("limit", "1000"));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("tenant_usage", Map.of("server_usages", all.subList(0, Math.min(limit, all.size()))));
        if (all.size() > limit) {
            answer.put("tenant_usage_links", List.of(Map.of("rel", "next", "href", "http://elsewhere.example.org/")));
        }
        return Reply.ok(answer);
    }

    /** Every machine that was ever ordered, where it is there. */
    private void look() {
        int ordered = site.linesTo("POST " + SERVERS).size();
        for (int i = 1; i <= ordered; i++) {
            String id = "server-%04d".formatted(i);
            site.seen(SERVERS + "/" + id).ifPresent(found -> seen.put(id, found.path("server")));
        }
    }

    private Map<String, Object> stretch(JsonNode server) {
        String id = server.path("id").asString("");
        Instant began = Server.instant(server.path("created").asString(""));
        boolean there = site.seen(SERVERS + "/" + id).isPresent();
        return Map.of(
                "instance_id", id,
                "name", server.path("name").asString(""),
                "vcpus", server.path("flavor").path("vcpus").asInt(0),
                "memory_mb", server.path("flavor").path("ram").asInt(0),
                "local_gb", server.path("flavor").path("disk").asInt(0),
                "started_at", written(began),
                "ended_at", there ? "" : written(began.plus(LIFE)));
    }

    /** Nova writes no zone. */
    private static String written(Instant instant) {
        return instant.toString().replace("Z", ".000000");
    }

    private static boolean overlaps(Map<String, Object> stretch, Instant start, Instant end) {
        String ended = stretch.get("ended_at").toString();
        return Server.instant(stretch.get("started_at").toString()).isBefore(end)
                && (ended.isEmpty() || !Server.instant(ended).isBefore(start));
    }
}
