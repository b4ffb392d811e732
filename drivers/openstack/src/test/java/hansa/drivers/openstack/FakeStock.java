package hansa.drivers.openstack;

import hansa.drivers.openstack.FakeSite.Reply;
import hansa.drivers.openstack.FakeSite.Request;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
            return marked(request, rest.split("/", -1));
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

    /** The metadata and tags of a thing. */
    private Optional<Reply> marked(Request request, String[] parts) {
        ObjectNode thing = things.get(parts[0]);
        if (thing == null || parts.length < 2 || !Set.of("metadata", "tags").contains(parts[1])) {
            return Optional.empty();
        }
        synchronized (thing) {
            if (parts[1].equals("metadata")) {
                ObjectNode metadata = thing.withObjectProperty("metadata");
                switch (request.method()) {
                    case "POST" ->
                        request.json()
                                .path("metadata")
                                .properties()
                                .forEach(one -> metadata.set(one.getKey(), one.getValue()));
                    case "DELETE" -> metadata.remove(parts[2]);
                    default -> throw new IllegalArgumentException(request.line());
                }
            }
        }
        return Optional.of(Reply.text(204, ""));
    }

    /** Whoever cannot take an order throws this. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1;
        private final transient Reply reply;

        Refused(Reply reply) {
            this.reply = reply;
        }
    }

    private Reply make(Request request) {
        try {
            return taken(request);
        } catch (Refused refused) {
            return refused.reply;
        }
    }

    private Reply taken(Request request) {
        String id = "%s-%04d".formatted(one, numbers.incrementAndGet());
        ObjectNode thing = (ObjectNode) request.json().path(one);
        // What an order says beside the thing is kept with it.
        request.json().properties().stream()
                .filter(entry -> !entry.getKey().equals(one))
                .forEach(entry -> thing.set(entry.getKey(), entry.getValue()));
        thing.put("id", id);
        made.accept(id, thing);
        things.put(id, thing);
        return Reply.json(202, Map.of(one, thing));
    }

    /** The stocks of a site, empty at first. */
    static List<FakeStock> of(FakeSite site) {
        BiConsumer<String, ObjectNode> nothing = (_, _) -> {};
        FakeCompute compute = new FakeCompute(site);
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
        site.list("/network/v2.0/networks", "networks", networks::all);
        site.list("/network/v2.0/subnets", "subnets", subnets::all);
        site.list(volume + "/detail", "volumes", volumes::all);
        return List.of(compute.servers(), compute.groups(), networks, subnets, volumes);
    }
}
