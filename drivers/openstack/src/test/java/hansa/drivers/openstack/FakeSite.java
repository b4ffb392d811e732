package hansa.drivers.openstack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * The doors of an OpenStack, for what the real one does not do when it is asked: faults, tokens that end, answers that break promises. It
 * is strict: who comes without the token that is good now is turned away, and what it does not know is 404.
 */
final class FakeSite implements AutoCloseable {

    /** One request as it came. */
    record Request(String method, String path, String query, Map<String, String> headers, byte[] content) {

        JsonNode json() {
            return Answer.MAPPER.readTree(content);
        }

        String line() {
            return method + " " + path + (query.isEmpty() ? "" : "?" + query);
        }
    }

    /** What is answered; status 0 cuts the line instead. */
    record Reply(int status, Map<String, String> headers, String content) {

        static Reply json(int status, Object content) {
            return new Reply(
                    status, Map.of("Content-Type", "application/json"), Answer.MAPPER.writeValueAsString(content));
        }

        static Reply ok(Object content) {
            return json(200, content);
        }

        static Reply text(int status, String content) {
            return new Reply(status, Map.of(), content);
        }

        static Reply cut() {
            return new Reply(0, Map.of(), "");
        }
    }

    static final String PROJECT = "0123456789abcdef0123456789abcdef";

    private final HttpServer server;
    private final Map<String, Function<Request, Reply>> doors = new HashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private final Map<String, String> services = new LinkedHashMap<>();
    private final List<FakeStock> stocks = new CopyOnWriteArrayList<>();
    private volatile Function<Request, Optional<Reply>> others = _ -> Optional.empty();
    private volatile Optional<String> shown = Optional.empty();
    private volatile Optional<List<String>> written = Optional.empty();
    private volatile Duration life = Duration.ofHours(1);
    private volatile Optional<String> good = Optional.empty();

    FakeSite() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        services.put("compute", "/compute/v2.1");
        services.put("image", "/image");
        services.put("network", "/network/");
        services.put("volumev3", "/volume/v3/" + PROJECT);
        on("POST /identity/v3/auth/tokens", this::token);
        on(
                "GET /compute/v2.1/",
                _ -> Reply.ok(Map.of("version", Map.of("id", "v2.1", "version", "2.93", "min_version", "2.1"))));
        on(
                "GET /volume/v3/",
                _ -> Reply.json(
                        300,
                        Map.of("versions", List.of(Map.of("id", "v3.0", "version", "3.70", "min_version", "3.0")))));
        on(
                "GET /compute/v2.1/limits",
                _ -> Reply.ok(Map.of("limits", Map.of("absolute", Map.of("maxTotalInstances", 100)))));
        list("/compute/v2.1/servers/detail", "servers");
        list("/compute/v2.1/flavors/detail", "flavors");
        list("/image/v2/images", "images");
        for (String member : List.of("ports", "floatingips", "subnets", "routers")) {
            list("/network/v2.0/" + member, member);
        }
        list("/network/v2.0/networks", "networks", Map.of("id", "net-1", "name", "lan", "subnets", List.of()));
        list("/network/v2.0/security-groups", "security_groups");
        on(
                "POST /network/v2.0/security-groups",
                _ -> Reply.json(
                        201, Map.of("security_group", Map.of("id", "group-1", "security_group_rules", List.of()))));
        on("POST /network/v2.0/security-group-rules", _ -> Reply.json(201, Map.of("security_group_rule", Map.of())));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** @param door a method and a path without the query */
    FakeSite on(String door, Function<Request, Reply> reply) {
        doors.put(door, reply);
        return this;
    }

    /** Who answers what comes to no known door. */
    void others(Function<Request, Optional<Reply>> answers) {
        others = answers;
    }

    /** A list in pages as the services have them. */
    FakeSite list(String path, String member, Object... items) {
        return list(path, member, () -> List.of(items));
    }

    FakeSite list(String path, String member, Supplier<? extends Collection<?>> items) {
        return on("GET " + path, request -> page(request, member, items.get()));
    }

    /** Machines, networks and volumes are really made; there is one network to begin with. */
    FakeSite stocked() {
        stocks.addAll(FakeStock.of(this));
        stocks.forEach(stock -> stock.answer(new Request(
                "POST",
                "/network/v2.0/networks",
                "",
                Map.of(),
                "{\"network\": {\"name\": \"lan\"}}".getBytes(StandardCharsets.UTF_8))));
        return this;
    }

    /** What a thing is, without a request. */
    Optional<JsonNode> seen(String path) {
        Request question = new Request("GET", path, "", Map.of(), new byte[0]);
        return stocks.stream()
                .flatMap(stock -> stock.answer(question).stream())
                .findFirst()
                .map(reply -> Answer.MAPPER.readTree(reply.content()));
    }

    /** Deletes a thing as somebody else would. */
    void deleteBehindOurBack(String path) {
        Request deletion = new Request("DELETE", path, "", Map.of(), new byte[0]);
        stocks.forEach(stock -> stock.answer(deletion));
    }

    /** What stands in the catalogue. */
    void reachedAs(String url) {
        shown = Optional.of(url);
    }

    private Reply page(Request request, String member, Collection<?> items) {
        Map<String, String> query = new HashMap<>();
        for (String part : request.query().split("&", -1)) {
            int at = part.indexOf('=');
            query.put(at < 0 ? part : part.substring(0, at), at < 0 ? "" : part.substring(at + 1));
        }
        List<JsonNode> nodes = new ArrayList<>();
        items.forEach(item -> nodes.add(Answer.MAPPER.valueToTree(item)));
        int from = 0;
        for (int at = 0; at < nodes.size(); at++) {
            if (nodes.get(at).path("id").asString("").equals(query.get("marker"))) {
                from = at + 1;
            }
        }
        int to = Math.min(nodes.size(), from + Integer.parseInt(query.getOrDefault("limit", "1000")));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(member, nodes.subList(from, to));
        if (to < nodes.size()) {
            answer.put(
                    member + "_links",
                    List.of(Map.of("rel", "next", "href", "http://elsewhere.example.org/never-asked")));
        }
        return Reply.ok(answer);
    }

    FakeSite without(String service) {
        services.remove(service);
        return this;
    }

    FakeSite tokensLive(Duration time) {
        life = time;
        return this;
    }

    /** As they are written. */
    void tokensEnd(String issued, String expires) {
        written = Optional.of(List.of(issued, expires));
    }

    /** A token that was given out elsewhere. */
    void take(String token) {
        good = Optional.of(token);
    }

    /** Whatever token is held is not good any more. */
    void endTokens() {
        good = Optional.of("none");
    }

    private Reply token(Request request) {
        String token = "token-" + tokens.incrementAndGet();
        good = Optional.of(token);
        // Its clock is an hour off, which is not to matter.
        Instant issued = Instant.now().plusSeconds(3600);
        List<String> times =
                written.orElse(List.of(issued.toString(), issued.plus(life).toString()));
        return new Reply(
                201,
                Map.of("X-Subject-Token", token),
                Answer.MAPPER.writeValueAsString(Map.of(
                        "token",
                        Map.of(
                                "issued_at", times.getFirst(),
                                "expires_at", times.getLast(),
                                "project", Map.of("id", PROJECT),
                                "catalog", catalogue()))));
    }

    private List<Object> catalogue() {
        List<Object> catalogue = new ArrayList<>();
        services.forEach((type, path) -> catalogue.add(Map.of(
                "type",
                type,
                "endpoints",
                List.of(
                        Map.of("interface", "internal", "region_id", "one", "url", "http://internal.example.org"),
                        Map.of("interface", "public", "region_id", "one", "url", shown.orElseGet(this::url) + path)))));
        return catalogue;
    }

    int logins() {
        return tokens.get();
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Those to a door, as lines with their queries. */
    List<String> linesTo(String door) {
        return requests.stream()
                .filter(request -> (request.method() + " " + request.path()).equals(door))
                .map(Request::line)
                .toList();
    }

    void forgetRequests() {
        requests.clear();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
            Request request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""),
                    headers,
                    exchange.getRequestBody().readAllBytes());
            requests.add(request);
            Reply reply = reply(request);
            if (reply.status() == 0) {
                return;
            }
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] content = reply.content().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), content.length == 0 ? -1 : content.length);
            if (content.length > 0) {
                exchange.getResponseBody().write(content);
            }
        }
    }

    private Reply reply(Request request) {
        boolean door = request.path().startsWith("/identity/");
        if (!door && !good.equals(Optional.ofNullable(request.headers().get("x-auth-token")))) {
            return Reply.json(
                    401,
                    Map.of(
                            "error",
                            Map.of("code", 401, "message", "The request you have made requires authentication.")));
        }
        Function<Request, Reply> known = doors.get(request.method() + " " + request.path());
        if (known != null) {
            return known.apply(request);
        }
        return stocks.stream()
                .flatMap(stock -> stock.answer(request).stream())
                .findFirst()
                .or(() -> others.apply(request))
                .orElseGet(() -> Reply.json(
                        404,
                        Map.of("itemNotFound", Map.of("code", 404, "message", "no such door: " + request.line()))));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
