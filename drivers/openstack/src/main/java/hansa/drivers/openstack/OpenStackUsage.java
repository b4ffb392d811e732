package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteUsage;
import hansa.cloud.Token;
import hansa.cloud.UsageHistory;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Nova's own books. They keep no tokens: those of machines that are there are added from them, machines that are gone are told without,
 * and machines that are there and none of ours are left out.
 */
final class OpenStackUsage implements UsageHistory {

    private static final int MOST_PAGES = 10_000;
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

    private final Service compute;
    private final Nova nova;
    private final int page;

    OpenStackUsage(Service compute, Nova nova, int page) {
        this.compute = compute;
        this.nova = nova;
        this.page = page;
    }

    @Override
    public List<RemoteUsage> usage(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            throw new CloudException.InvalidRequest("a time ends after it begins, and " + to + " is not after " + from);
        }
        Map<String, Optional<Token>> there = new HashMap<>();
        nova.all().forEach(server -> there.put(server.id(), server.token()));
        List<RemoteUsage> usage = new ArrayList<>();
        for (JsonNode node : books(from, to)) {
            String id = node.path("instance_id").asString("");
            Instant began = Server.instant(node.path("started_at").asString(""));
            Optional<Instant> ended = Optional.of(node.path("ended_at").asString(""))
                    .filter(text -> !text.isEmpty())
                    .map(Server::instant);
            boolean overlaps = began.isBefore(to) && ended.map(from::isBefore).orElse(true);
            boolean foreign = there.containsKey(id) && there.get(id).isEmpty();
            if (!id.isEmpty() && overlaps && !foreign && !began.equals(Instant.EPOCH)) {
                usage.add(new RemoteUsage(
                        new RemoteId(id),
                        there.getOrDefault(id, Optional.empty()),
                        node.path("name").asString(""),
                        Server.clamped(
                                node.path("vcpus").asInt(1),
                                node.path("memory_mb").asLong(16),
                                node.path("local_gb").asLong(0)),
                        began,
                        ended));
            }
        }
        return List.copyOf(usage);
    }

    /** In pages since 2.40; before that all at once. */
    private List<JsonNode> books(Instant from, Instant to) {
        if (compute.project().isEmpty()) {
            throw new CloudException.InvalidRequest(
                    "Keystone does not say which project this is, so its books cannot be read");
        }
        boolean paged = nova.version().atLeast(2, 40);
        String path = "/os-simple-tenant-usage/" + Marks.segment(new RemoteId(compute.project()), "project") + "?start="
                + day(from) + "&end=" + day(to.plusSeconds(1)) + (paged ? "&limit=" + page : "");
        List<JsonNode> all = new ArrayList<>();
        String marker = "";
        for (int count = 0; count < MOST_PAGES; count++) {
            JsonNode answer = compute.get(marker.isEmpty() ? path : path + "&marker=" + Pages.encoded(marker));
            JsonNode usages = answer.path("tenant_usage").path("server_usages");
            usages.forEach(all::add);
            if (usages.isEmpty() || !Pages.goesOn(answer, "tenant_usage")) {
                return all;
            }
            marker = usages.path(usages.size() - 1).path("instance_id").asString("");
        }
        throw new CloudException.Unavailable("OpenStack's books have no end");
    }

    /** To the second, so that ends are asked for one later. Nova knows no zones here and takes UTC. */
    private static String day(Instant instant) {
        return SECONDS.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }
}
