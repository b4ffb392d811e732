package hansa.drivers.ec2;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hansa.protocols.sigv4.Authorization;
import hansa.protocols.sigv4.HttpMessage;
import hansa.protocols.sigv4.HttpMessage.Pair;
import hansa.protocols.sigv4.PathRule;
import hansa.protocols.sigv4.SigV4SyntaxException;
import hansa.protocols.sigv4.Verifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Serves a {@link Stub} on a free port of the loopback, checks signatures, and does to answers what a bad network would do. */
final class StubEndpoint implements AutoCloseable {

    static final String ACCESS_KEY = "AKIDEXAMPLE";
    static final String SECRET_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    /** What becomes of a call. */
    enum Mishap {
        NONE,
        LOST_BEFORE,
        LOST_AFTER,
        TWICE,
        ERROR_500,
        THROTTLED,
        NONSENSE,
        ENTITIES,
        SILENCE
    }

    private final Stub stub;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicReference<Function<String, Mishap>> mishaps = new AtomicReference<>(_ -> Mishap.NONE);
    private volatile String sessionToken = "";

    static {
        // Otherwise each answer waits for the acknowledgement of its own head, some 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    StubEndpoint(Stub stub) {
        this.stub = stub;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/services/compute";
    }

    Stub stub() {
        return stub;
    }

    void happen(Function<String, Mishap> mishap) {
        mishaps.set(mishap);
    }

    /** From now on requests must carry it. */
    void demandSession(String token) {
        sessionToken = token;
    }

    /** The actions that were asked for, in order. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    void forgetCalls() {
        calls.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            try {
                check(exchange, body);
                StubRequest request = new StubRequest(new String(body, StandardCharsets.US_ASCII));
                calls.add(request.action());
                answer(exchange, request);
            } catch (StubRefusal e) {
                send(exchange, e.status(), StubXml.error(e));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, StubRequest request) throws IOException, InterruptedException {
        switch (mishaps.get().apply(request.action())) {
            case NONE -> send(exchange, 200, stub.answer(request));
            case LOST_BEFORE -> {
                // Closing without an answer is what a cut line looks like.
            }
            case LOST_AFTER -> stub.answer(request);
            case TWICE -> {
                stub.answer(request);
                send(exchange, 200, stub.answer(request));
            }
            case ERROR_500 -> send(exchange, 500, "out of order");
            case THROTTLED -> throw new StubRefusal("RequestLimitExceeded", "Request limit exceeded.");
            case NONSENSE -> send(exchange, 200, "<html>It works!</html>");
            case ENTITIES ->
                send(
                        exchange,
                        200,
                        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><" + request.action()
                                + "Response>&e;</" + request.action() + "Response>");
            case SILENCE -> end.await();
        }
    }

    private void check(HttpExchange exchange, byte[] body) {
        List<Pair> headers = exchange.getRequestHeaders().entrySet().stream()
                .flatMap(header -> header.getValue().stream().map(value -> new Pair(header.getKey(), value)))
                .toList();
        HttpMessage message = new HttpMessage(
                exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), List.of(), headers, body);
        try {
            Authorization authorization = Authorization.of(message)
                    .orElseThrow(
                            () -> new StubRefusal("MissingAuthenticationToken", "Request is missing its signature"));
            if (!authorization.accessKey().equals(ACCESS_KEY)) {
                throw new StubRefusal("AuthFailure", "AWS was not able to validate the provided access credentials");
            }
            if (!message.header("X-Amz-Security-Token").orElse("").equals(sessionToken)) {
                throw new StubRefusal("ExpiredToken", "The provided token has expired.");
            }
            Verifier verifier = new Verifier("test-1", "ec2", Duration.ofMinutes(5), PathRule.NORMALISED);
            switch (verifier.check(message, authorization, SECRET_KEY, Instant.now())) {
                case GENUINE -> {}
                case WRONG ->
                    throw new StubRefusal(
                            "SignatureDoesNotMatch", "The request signature we calculated does not match");
                case EXPIRED, NOT_YET ->
                    throw new StubRefusal(
                            "AuthFailure", "AWS was not able to validate the provided access credentials");
            }
        } catch (SigV4SyntaxException e) {
            throw new StubRefusal("IncompleteSignature", String.valueOf(e.getMessage()));
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/xml;charset=UTF-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
