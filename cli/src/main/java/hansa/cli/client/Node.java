package hansa.cli.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** A node's REST face. Connects with the first request; used by one thread. */
public final class Node implements Closeable {

    private static final String BASE = "/api/v1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A node looks through a whole image before it answers. */
    private static final Duration CHECKED = Duration.ofMinutes(30);

    private final Supplier<NodeAddress> finder;
    private final Optional<String> vo;
    private Optional<NodeAddress> found = Optional.empty();
    private Optional<HttpConnection> connection = Optional.empty();

    /**
     * What came back.
     *
     * @param body an empty object when there was none
     */
    public record Reply(int status, Json body, Optional<String> location) {

        /** The body as an object. @throws Refusal when it is something else */
        public Json.Members members() {
            return switch (body) {
                case Json.Members members -> members;
                case Json.Text _, Json.Num _, Json.Bool _, Json.Null _, Json.Items _ ->
                    throw new Refusal(Exit.FAILED, "the node's answer is no object; is it a newer Hansa?");
            };
        }
    }

    /** @param finder asked once, with the first request */
    public Node(Supplier<NodeAddress> finder) {
        this(finder, Optional.empty());
    }

    /** @param vo the virtual organisation in whose name all requests are */
    public Node(Supplier<NodeAddress> finder, Optional<String> vo) {
        this.finder = finder;
        this.vo = vo;
    }

    public NodeAddress address() {
        NodeAddress address = found.orElseGet(finder);
        found = Optional.of(address);
        return address;
    }

    /** What everybody may read, asked without saying who one is. @throws Refusal for every answer that is no success */
    public Json.Members anonymously(String path) {
        NodeAddress address = address();
        return new Attempt(exchange("GET", BASE + path, Optional.empty(), address, Optional.empty()), address)
                .success()
                .members();
    }

    /**
     * Sends a form without saying who one is, as OAuth's clients do (RFC 6749).
     *
     * @throws Refusal for every answer that is not a success
     */
    public Json.Members form(String path, Map<String, String> fields) {
        NodeAddress address = address();
        String body = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        headers.put("User-Agent", "hansa-cli");
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        return new Attempt(
                        exchange("POST", BASE + path, headers, body.getBytes(StandardCharsets.UTF_8), address), address)
                .success()
                .members();
    }

    /** @throws Refusal for every answer that is not a success */
    public Json.Members get(String path) {
        return send("GET", path, Optional.empty()).members();
    }

    /** As {@link #get}, but nothing there is an answer too. */
    public Optional<Json.Members> find(String path) {
        Attempt attempt = attempt("GET", path, Optional.empty());
        return attempt.answer().status() == 404
                ? Optional.empty()
                : Optional.of(attempt.success().members());
    }

    /**
     * Sends one request. It is not repeated: whether a request that was cut off took effect is for the caller to find
     * out.
     *
     * @param path below {@code /api/v1}, with its query
     * @throws Refusal for every answer that is not a success
     */
    public Reply send(String method, String path, Optional<Json> body) {
        return attempt(method, path, body).success();
    }

    /**
     * A piece of something that is not JSON.
     *
     * @param next where to go on reading
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Piece(byte[] bytes, String next) {}

    /** Reads a piece of a growing text; the answer's {@code Link} says where the next one is (RFC 8288). */
    public Piece read(String path) {
        Attempt attempt = attempt("GET", path, Optional.empty());
        if (attempt.answer().status() != 200) {
            throw attempt.refusal();
        }
        String link = attempt.answer().header("link").orElse("");
        int start = link.indexOf('<' + BASE);
        int end = link.indexOf('>');
        if (start < 0 || end < start) {
            throw new Refusal(Exit.FAILED, "the node does not say where its answer goes on; is it a newer Hansa?");
        }
        return new Piece(attempt.answer().body(), link.substring(start + 1 + BASE.length(), end));
    }

    /**
     * A short text outside the REST face.
     *
     * @param path from the root of the node
     * @return empty where there is nothing
     */
    public Optional<String> text(String path) {
        Attempt attempt = attemptAt("GET", path, Optional.empty());
        return switch (attempt.answer().status()) {
            case 200 -> Optional.of(new String(attempt.answer().body(), StandardCharsets.UTF_8));
            case 404 -> Optional.empty();
            default -> throw attempt.refusal();
        };
    }

    /** Makes a path of segments, encoding each. */
    public static String path(String... segments) {
        StringBuilder path = new StringBuilder();
        for (String segment : segments) {
            path.append('/').append(encode(segment));
        }
        return path.toString();
    }

    /** Adds a query to a path; parameters with an empty value are left out. */
    public static String query(String path, Map<String, String> parameters) {
        StringBuilder whole = new StringBuilder(path);
        char separator = path.indexOf('?') < 0 ? '?' : '&';
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            if (!parameter.getValue().isEmpty()) {
                whole.append(separator).append(parameter.getKey()).append('=').append(encode(parameter.getValue()));
                separator = '&';
            }
        }
        return whole.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Attempt attempt(String method, String path, Optional<Json> body) {
        return attemptAt(method, BASE + path, body);
    }

    private Attempt attemptAt(String method, String path, Optional<Json> body) {
        NodeAddress address = address();
        return attempt(address, secret -> exchange(method, path, body, address, secret));
    }

    /** @param ask given the secret to show */
    private static Attempt attempt(NodeAddress address, Function<Optional<String>, HttpConnection.Answer> ask) {
        if (address.login().isEmpty()) {
            return new Attempt(ask.apply(address.token()), address);
        }
        Login login = address.login().get();
        HttpConnection.Answer answer = ask.apply(Optional.of(login.token()));
        if (answer.status() == 401) {
            // Whoever is not let in has not done anything yet, so to ask again is safe.
            Optional<String> fresh = login.renewed();
            answer = fresh.isPresent() ? ask.apply(fresh) : answer;
        }
        return new Attempt(answer, address);
    }

    /**
     * Sends a file as the body of a POST. A node that does not want it says so before it is sent.
     *
     * @param sent told how many bytes have left
     * @throws Refusal for every answer that is not a success, and where the file cannot be read
     */
    public Reply upload(String path, Path file, LongConsumer sent) {
        NodeAddress address = address();
        return attempt(address, secret -> {
                    Map<String, String> headers = headers(secret);
                    headers.put("Content-Type", "application/octet-stream");
                    return connectedTo(address, open -> {
                        try (InputStream content = Files.newInputStream(file)) {
                            return open.upload(BASE + path, headers, content, Files.size(file), sent, CHECKED);
                        }
                    });
                })
                .success();
    }

    /**
     * Reads something into a file.
     *
     * @param got told how many bytes have come
     * @return the answer's {@code Repr-Digest} (RFC 9530), where it has one
     * @throws Refusal for every answer that is not a success
     */
    public Optional<String> download(String path, OutputStream file, LongConsumer got) {
        NodeAddress address = address();
        Attempt attempt = attempt(
                address,
                secret ->
                        connectedTo(address, open -> open.download(BASE + path, headers(secret), file, got, PATIENCE)));
        if (attempt.answer().status() != 200) {
            throw attempt.refusal();
        }
        return attempt.answer().header("repr-digest");
    }

    private HttpConnection.Answer exchange(
            String method, String path, Optional<Json> body, NodeAddress address, Optional<String> secret) {
        Map<String, String> headers = headers(secret);
        body.ifPresent(_ -> headers.put(
                "Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json"));
        byte[] bytes = body.map(JsonText::compact).orElse("").getBytes(StandardCharsets.UTF_8);
        return exchange(method, path, headers, bytes, address);
    }

    private Map<String, String> headers(Optional<String> secret) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        headers.put("User-Agent", "hansa-cli");
        vo.ifPresent(name -> headers.put("Hansa-VO", name));
        secret.ifPresent(token -> headers.put("Authorization", "Bearer " + token));
        return headers;
    }

    private HttpConnection.Answer exchange(
            String method, String path, Map<String, String> headers, byte[] bytes, NodeAddress address) {
        return connectedTo(address, open -> open.exchange(method, path, headers, bytes, PATIENCE));
    }

    /** What is asked over a connection. */
    private interface Asking {
        HttpConnection.Answer over(HttpConnection open) throws IOException;
    }

    private HttpConnection.Answer connectedTo(NodeAddress address, Asking asking) {
        try {
            return asking.over(connected(address));
        } catch (SSLHandshakeException unknown) {
            throw new Refusal(
                    Exit.REFUSED,
                    "the certificate of " + address.endpoint()
                            + " is not known here; give the authority that issued it with --ca FILE (a node keeps its"
                            + " own in its data folder as tls/ca.pem)",
                    unknown);
        } catch (SSLException broken) {
            throw new Refusal(
                    Exit.UNAVAILABLE, address.endpoint() + " does not speak TLS; is the endpoint right?", broken);
        } catch (IOException broken) {
            throw new Refusal(Exit.UNAVAILABLE, unreachable(address), broken);
        }
    }

    private HttpConnection connected(NodeAddress address) throws IOException {
        if (connection.isPresent() && !connection.get().reusable()) {
            close();
        }
        if (connection.isEmpty()) {
            connection = Optional.of(HttpConnection.open(address.endpoint(), address.trust()));
        }
        return connection.get();
    }

    private static String unreachable(NodeAddress address) {
        return "the node at " + address.endpoint() + " does not answer; "
                + address.data()
                        .map(folder -> "start it with 'hansa up --data " + folder + "'")
                        .orElse("check the endpoint and that the node runs");
    }

    @Override
    public void close() throws IOException {
        if (connection.isPresent()) {
            HttpConnection open = connection.get();
            connection = Optional.empty();
            open.close();
        }
    }
}
