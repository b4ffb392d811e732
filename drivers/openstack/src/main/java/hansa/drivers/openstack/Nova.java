package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteState;
import hansa.cloud.Size;
import hansa.cloud.Token;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Machines of our project. */
final class Nova {

    private final Service compute;
    private final Flavours flavours;
    private final Patience patience;
    private final Dialect dialect;
    private final int page;

    Nova(Service compute, Flavours flavours, Patience patience, Dialect dialect, int page) {
        this.compute = compute;
        this.flavours = flavours;
        this.patience = patience;
        this.dialect = dialect;
        this.page = page;
    }

    Version version() {
        return compute.version();
    }

    private Server server(JsonNode node) {
        return Server.of(node, dialect, this::size);
    }

    private Size size(String flavour) {
        return flavours.size(flavour);
    }

    List<Server> all() {
        return listed("/servers/detail").toList();
    }

    private Stream<Server> listed(String path) {
        return Pages.all(compute, path, "servers", page).stream()
                .map(this::server)
                .filter(server -> !server.isGone());
    }

    /** The oldest first. Nova finds machines by their tags where it has tags. */
    List<Server> madeWith(Token token) {
        String path = hasTags() ? "/servers/detail?tags=" + Pages.encoded(Marks.tag(token)) : "/servers/detail";
        return listed(path)
                .filter(server -> server.token().equals(Optional.of(token)))
                .sorted(Comparator.comparing(Server::created).thenComparing(Server::id))
                .toList();
    }

    boolean hasTags() {
        return version().atLeast(2, 52);
    }

    /** @throws CloudException.NotFound also for one that is gone, of which Nova still knows */
    Server read(RemoteId machine) {
        Server server = server(compute.get(path(machine)).path("server"));
        if (server.isGone()) {
            throw new CloudException.NotFound("the machine " + machine + " is gone");
        }
        return server;
    }

    static String path(RemoteId machine) {
        return "/servers/" + Marks.segment(machine, "machine");
    }

    /**
     * One that we made or took over.
     *
     * @throws CloudException.Conflict for others
     */
    Server ours(RemoteId machine) {
        return requireOurs(read(machine));
    }

    static Server requireOurs(Server server) {
        if (server.token().isEmpty()) {
            throw new CloudException.Conflict(
                    "the machine " + server.id() + " was not made by Hansa and is not touched by it");
        }
        return server;
    }

    /** One of ours when nothing happens to it any more, or when the patience is at its end. */
    Server settled(RemoteId machine) {
        return requireOurs(patience.until(() -> read(machine), server -> {
            RemoteState state = States.of(server);
            return state != RemoteState.BUSY
                    && state != RemoteState.BUILDING
                    && server.task().isEmpty();
        }));
    }

    /**
     * @param group id of a server group that the machine joins
     * @return the id of the new machine
     */
    RemoteId create(Map<String, Object> order, Optional<String> group) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("server", order);
        group.ifPresent(joined -> body.put("os:scheduler_hints", Map.of("group", joined)));
        String id = compute.post("/servers", body).path("server").path("id").asString("");
        if (id.isEmpty()) {
            throw new CloudException.Unavailable("Nova does not answer as it should: a new server without an id");
        }
        return new RemoteId(id);
    }

    void delete(RemoteId machine) {
        compute.deleteIfThere(path(machine));
    }

    /** An action without parameters. */
    void act(RemoteId machine, String action) {
        act(machine, (Object) dialect.action(action));
    }

    void act(RemoteId machine, String action, Map<String, Object> parameters) {
        act(machine, Map.of(action, parameters));
    }

    private void act(RemoteId machine, Object body) {
        compute.accepted("POST", path(machine) + "/action", body);
    }

    /** @return the id of the image that is being made of the machine */
    RemoteId createImage(RemoteId machine, Token token, String name) {
        Map<String, Object> wish = Map.of("name", name, "metadata", Map.of(Marks.IMAGE_TOKEN, token.value()));
        Answer answer = compute.accepted("POST", path(machine) + "/action", Map.of("createImage", wish));
        // Newer versions say it in the body, older ones in a header.
        String id = answer.jsonOrNothing().path("image_id").asString("");
        String said = id.isEmpty() ? answer.header("Location").orElse("").replaceAll("^.*/", "") : id;
        if (said.isEmpty()) {
            throw new CloudException.Unavailable("Nova does not say which image it makes of the machine " + machine);
        }
        return new RemoteId(said);
    }

    void setMetadata(RemoteId machine, Map<String, String> more) {
        compute.post(path(machine) + "/metadata", Map.of("metadata", more));
    }

    void removeMetadata(RemoteId machine, String key) {
        compute.deleteIfThere(path(machine) + "/metadata/" + key);
    }

    void tag(RemoteId machine, Token token) {
        if (hasTags()) {
            compute.putEmpty(path(machine) + "/tags/" + Marks.tag(token));
        }
    }

    void untag(RemoteId machine, Token token) {
        if (hasTags()) {
            compute.deleteIfThere(path(machine) + "/tags/" + Marks.tag(token));
        }
    }
}
