package hansa.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Stands before a server, hands on what comes, and loses the first answer to every request of a kind. */
final class LossyProxy implements AutoCloseable {

    private static final Set<String> HANDED_ON =
            Set.of("accept", "authorization", "content-type", "x-auth-token", "x-occi-attribute");

    private final URI behind;
    private final Predicate<String> losing;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Set<Integer> seen = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lost = new AtomicInteger();

    private LossyProxy(URI behind, Predicate<String> losing) {
        this.behind = behind;
        this.losing = losing;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** @param losing of method, path and body, with blanks between them */
    static LossyProxy before(URI behind, Predicate<String> losing) {
        return new LossyProxy(behind, losing);
    }

    /** The same path as the server behind it has. */
    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + behind.getPath());
    }

    int lost() {
        return lost.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            behind.resolve(exchange.getRequestURI().toString()))
                    .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (HANDED_ON.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            String what = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + new String(body, java.nio.charset.StandardCharsets.UTF_8);
            if (losing.test(what) && seen.add(what.hashCode())) {
                // Closing without an answer is what a cut line looks like.
                lost.incrementAndGet();
                return;
            }
            answer.headers().map().forEach((name, values) -> {
                if (!name.equals("content-length") && !name.equals("transfer-encoding")) {
                    values.forEach(value -> exchange.getResponseHeaders().add(name, value));
                }
            });
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.shutdownNow();
    }
}
