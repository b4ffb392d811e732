package hansa.drivers.occi;

import hansa.drivers.occi.PeerServer.Came;
import hansa.drivers.occi.PeerServer.Said;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The networks or volumes of a service that is stood in for. They are shown with whatever attributes they were made with. */
final class PeerThings {

    private final String kind;
    private final String location;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, String> things = new ConcurrentSkipListMap<>();

    /** @param location of the collection, with a slash at its end */
    PeerThings(String kind, String location) {
        this.kind = kind;
        this.location = location;
    }

    PeerThings with(String id, String attributes) {
        things.put(id, attributes);
        return this;
    }

    /** @param id empty for the collection */
    Said answer(Came request, String id) {
        if (id.isEmpty()) {
            return request.method().equals("POST") ? create(request) : list();
        }
        if (!things.containsKey(id)) {
            return Said.of(404, "text/plain", "There is no " + id);
        }
        if (request.method().equals("DELETE")) {
            things.remove(id);
            return Said.of(200, "text/plain", "OK");
        }
        return Said.of(200, "text/plain", rendered(id));
    }

    private Said create(Came request) {
        String id = Integer.toString(numbers.incrementAndGet());
        String state = kind.equals("storage") ? "online" : "active";
        things.put(
                id,
                request.body()
                                .lines()
                                .filter(line -> line.startsWith("X-OCCI-Attribute"))
                                .collect(Collectors.joining("\n"))
                        + "\nX-OCCI-Attribute: occi." + kind + ".state=\"" + state + "\"\n");
        return Said.of(201, "text/plain", "X-OCCI-Location: " + location + id).with("Location", location + id);
    }

    private Said list() {
        return Said.of(
                200,
                "text/plain",
                things.keySet().stream()
                        .map(id -> "X-OCCI-Location: " + location + id + "\n")
                        .collect(Collectors.joining()));
    }

    private String rendered(String id) {
        return "Category: " + kind + "; scheme=\"http://schemas.ogf.org/occi/infrastructure#\"; class=\"kind\"\n"
                + "X-OCCI-Attribute: occi.core.id=\"" + id + "\"\n"
                + things.getOrDefault(id, "");
    }
}
