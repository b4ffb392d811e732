package hansa.drivers.occi;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * A small OCCI service on a free port of the loopback that answers as one of the servers in the field does, byte by byte where a
 * recording tells how, and refuses what that server would not read. Does to its answers what a bad network would do.
 */
final class PeerServer implements AutoCloseable {

    /** What becomes of a request. */
    enum Mishap {
        NONE,
        LOST_AFTER,
        ERROR_500,
        NONSENSE,
        ENDLESS,
        REDIRECT,
        SILENCE
    }

    /** What came, in the words of a test. */
    record Came(String method, String path, Headers headers, String body) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** What is answered. */
    record Said(int status, Map<String, String> headers, String body) {
        static Said of(int status, String type, String body) {
            return new Said(status, Map.of("Content-Type", type), body);
        }

        Said with(String name, String value) {
            Map<String, String> more = new TreeMap<>(headers);
            more.put(name, value);
            return new Said(status, more, body);
        }
    }

    private final PeerDialect dialect;
    private final PeerMachines machines;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Came> came = new CopyOnWriteArrayList<>();
    private final AtomicReference<Function<Came, Mishap>> mishaps = new AtomicReference<>(_ -> Mishap.NONE);
    private final AtomicReference<Function<Came, Optional<Said>>> gate = new AtomicReference<>(_ -> Optional.empty());
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();

    PeerServer(PeerDialect dialect) {
        this.dialect = dialect;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.machines = new PeerMachines(
                dialect, "http://127.0.0.1:" + server.getAddress().getPort());
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return machines.url();
    }

    PeerMachines machines() {
        return machines;
    }

    void happen(Function<Came, Mishap> mishap) {
        mishaps.set(mishap);
    }

    /** What stands before the service: who has to show what, or a Keystone. */
    void guard(Function<Came, Optional<Said>> guard) {
        gate.set(guard);
    }

    List<Came> came() {
        return List.copyOf(came);
    }

    void forget() {
        came.clear();
    }

    int mostUnderWay() {
        return mostUnderWay.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try (exchange) {
            URI uri = exchange.getRequestURI();
            Came request = new Came(
                    exchange.getRequestMethod(),
                    uri.toString(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            came.add(request);
            Optional<Said> refused = gate.get().apply(request);
            if (refused.isPresent()) {
                send(exchange, refused.get());
                return;
            }
            switch (mishaps.get().apply(request)) {
                case NONE -> send(exchange, machines.answer(request));
                case LOST_AFTER -> machines.answer(request);
                case ERROR_500 -> send(exchange, Said.of(500, "text/plain", "out of order"));
                case NONSENSE -> send(exchange, Said.of(200, "text/plain", "It works!\n<html>"));
                case ENDLESS -> endless(exchange);
                case REDIRECT ->
                    send(exchange, Said.of(302, "text/plain", "").with("Location", "http://127.0.0.2:1/elsewhere"));
                case SILENCE -> end.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            underWay.decrementAndGet();
        }
    }

    private static void endless(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, 0);
        byte[] line =
                "X-OCCI-Location: http://127.0.0.1/compute/one\n".repeat(4096).getBytes(StandardCharsets.UTF_8);
        for (int sent = 0; sent < 200 * 1024 * 1024; sent += line.length) {
            exchange.getResponseBody().write(line);
        }
    }

    private void send(HttpExchange exchange, Said said) throws IOException {
        exchange.getResponseHeaders().add("Server", dialect.server());
        said.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        byte[] body = said.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(said.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    /** The first value of a header, whatever its case; empty text for none. */
    static String header(Came request, String name) {
        return Optional.ofNullable(request.headers().getFirst(name)).orElse("").toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
