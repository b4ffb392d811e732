package hansa.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * EC2's metadata service for one instance, on a free port of the loopback, as "Access instance metadata" describes it: with a session
 * (IMDSv2) and without one (IMDSv1). A directory is the list of what is in it.
 */
final class MetadataService implements AutoCloseable {

    private static final Set<String> VERSIONS =
            Set.of("2009-04-04", "2016-09-02", "2018-09-24", "2021-03-23", "latest");
    private static final String TOKEN = "X-aws-ec2-metadata-token";
    private static final String LIFE = "X-aws-ec2-metadata-token-ttl-seconds";

    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private final HttpServer server;
    private final String token = "AQAEAHansa==";
    private final AtomicInteger inSession = new AtomicInteger();

    /**
     * @param metadata by path below {@code meta-data/}
     * @param userData as the guest is to read it
     */
    MetadataService(Map<String, String> metadata, Optional<byte[]> userData) {
        metadata.forEach((path, text) -> files.put("meta-data/" + path, text.getBytes(StandardCharsets.UTF_8)));
        files.put(
                "dynamic/instance-identity/document",
                "{\"region\": \"test-1\", \"version\": \"2017-09-30\"}".getBytes(StandardCharsets.UTF_8));
        userData.ifPresent(data -> files.put("user-data", data));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** How many answers were given to who has a session. */
    int inSession() {
        return inSession.get();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Server", "EC2ws");
            exchange.getResponseHeaders().set("Connection", "close");
            String path = exchange.getRequestURI().getPath().substring(1);
            Optional<String> shown =
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst(TOKEN));
            if (path.equals("latest/api/token")) {
                boolean right = exchange.getRequestMethod().equals("PUT")
                        && exchange.getRequestHeaders().getFirst(LIFE) != null;
                answer(exchange, right ? 200 : 400, right ? token.getBytes(StandardCharsets.UTF_8) : new byte[0]);
            } else if (shown.isPresent() && !shown.get().equals(token)) {
                answer(exchange, 401, new byte[0]);
            } else {
                shown.ifPresent(_ -> inSession.incrementAndGet());
                Optional<byte[]> found = find(path);
                answer(exchange, found.isPresent() ? 200 : 404, found.orElse(new byte[0]));
            }
        }
    }

    private Optional<byte[]> find(String path) {
        int slash = path.indexOf('/');
        if (slash < 0 || !VERSIONS.contains(path.substring(0, slash))) {
            return Optional.empty();
        }
        String below = path.substring(slash + 1);
        return Optional.ofNullable(files.get(below)).or(() -> listing(below.endsWith("/") ? below : below + "/"));
    }

    private Optional<byte[]> listing(String folder) {
        String prefix = folder.equals("/") ? "" : folder;
        Set<String> names = new LinkedHashSet<>();
        for (String file : files.tailMap(prefix).keySet()) {
            if (!file.startsWith(prefix)) {
                break;
            }
            String rest = file.substring(prefix.length());
            int end = rest.indexOf('/');
            names.add(end < 0 ? rest : rest.substring(0, end + 1));
        }
        if (prefix.equals("meta-data/public-keys/")) {
            // Keys are listed by number and name, and are found by number alone.
            return Optional.of("0=tester".getBytes(StandardCharsets.UTF_8));
        }
        return Optional.of(String.join("\n", names))
                .filter(text -> !text.isEmpty())
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, byte[] content) throws IOException {
        exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        if (content.length > 0) {
            exchange.getResponseBody().write(content);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
