package hansa.drivers.openstack;

import hansa.drivers.openstack.FakeSite.Reply;
import hansa.drivers.openstack.FakeSite.Request;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import tools.jackson.databind.node.ObjectNode;

/** Things of one kind at a {@link FakeSite} that are really made, changed and deleted. */
final class FakeStock {

    private static final String ACTION = "/action";

    private final String path;
    private final String one;
    private final BiConsumer<String, ObjectNode> acted;
    private final BiConsumer<String, ObjectNode> made;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, ObjectNode> things = new ConcurrentSkipListMap<>();

    /**
     * @param one the member that holds one
     * @param made completes what was ordered
     * @param acted carries out an action
     */
    FakeStock(String path, String one, BiConsumer<String, ObjectNode> made, BiConsumer<String, ObjectNode> acted) {
        this.path = path;
        this.one = one;
        this.made = made;
        this.acted = acted;
    }

    Collection<ObjectNode> all() {
        return things.values();
    }

    /** The answer to requests for one thing or for a new one. */
    Optional<Reply> answer(Request request) {
        if (request.path().equals(path) && request.method().equals("POST")) {
            return Optional.of(make(request));
        }
        if (!request.path().startsWith(path + "/")) {
            return Optional.empty();
        }
        String rest = request.path().substring(path.length() + 1);
        boolean action = rest.endsWith(ACTION);
        String id = action ? rest.substring(0, rest.length() - ACTION.length()) : rest;
        ObjectNode thing = things.get(id);
        if (thing == null) {
            return Optional.empty();
        }
        synchronized (thing) {
            return Optional.of(
                    switch (request.method()) {
                        case "GET" -> Reply.ok(Map.of(one, thing));
                        case "DELETE" -> {
                            things.remove(id);
                            yield Reply.text(204, "");
                        }
                        case "POST" -> {
                            acted.accept(
                                    request.json().propertyNames().iterator().next(), thing);
                            yield Reply.text(202, "");
                        }
                        default -> Reply.text(405, "");
                    });
        }
    }

    private Reply make(Request request) {
        String id = "%s-%04d".formatted(one, numbers.incrementAndGet());
        ObjectNode thing = (ObjectNode) request.json().path(one);
        thing.put("id", id);
        made.accept(id, thing);
        things.put(id, thing);
        return Reply.json(202, Map.of(one, thing));
    }

    /** The stocks of a site, empty at first. */
    static List<FakeStock> of(FakeSite site) {
        BiConsumer<String, ObjectNode> nothing = (_, _) -> {};
        FakeStock servers = new FakeStock(
                "/compute/v2.1/servers",
                "server",
                (id, server) -> {
                    server.put("status", "ACTIVE");
                    server.put("created", "2026-01-02T03:04:05Z");
                    server.putObject("flavor").put("vcpus", 1).put("ram", 128).put("disk", 1);
                    server.putObject("addresses");
                },
                (action, server) -> {
                    switch (action) {
                        case "os-start" -> server.put("status", "ACTIVE");
                        case "os-stop" -> server.put("status", "SHUTOFF");
                        default -> throw new IllegalArgumentException("no action of this server: " + action);
                    }
                });
        FakeStock networks = new FakeStock("/network/v2.0/networks", "network", nothing, nothing);
        FakeStock subnets = new FakeStock("/network/v2.0/subnets", "subnet", nothing, nothing);
        String volume = "/volume/v3/" + FakeSite.PROJECT + "/volumes";
        FakeStock volumes = new FakeStock(
                volume,
                "volume",
                (_, one) -> {
                    one.put("status", "available");
                    one.putArray("attachments");
                },
                nothing);
        site.list("/compute/v2.1/servers/detail", "servers", servers::all);
        site.list("/network/v2.0/networks", "networks", networks::all);
        site.list("/network/v2.0/subnets", "subnets", subnets::all);
        site.list(volume + "/detail", "volumes", volumes::all);
        return List.of(servers, networks, subnets, volumes);
    }
}
