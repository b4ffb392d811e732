package hansa.drivers.ec2;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hansa.cloud.Bytes;
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
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Serves a {@link Stub} on a free port of the loopback, checks signatures, and does to answers what a bad network would do. */
final class StubEndpoint implements AutoCloseable {

    private static final String EBS = "/direct";
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
    private volatile String retryAfter = "";

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

    /** Of the direct interface to snapshots. */
    static String ebs(String url) {
        return URI.create(url).resolve(EBS).toString();
    }

    /** From now on refusals say so. */
    void sayRetryAfter(String seconds) {
        retryAfter = seconds;
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

    /** What is asked of one of the two interfaces. */
    private record Asked(
            String action, Supplier<StubDirect.Reply> answer, Function<StubRefusal, StubDirect.Reply> error) {}

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getRawPath();
            HttpMessage message = message(exchange, body);
            Asked asked = path.startsWith(EBS + "/")
                    ? direct(message, path.substring(EBS.length()), body)
                    : new Asked("", () -> xml(""), StubEndpoint::xml);
            try {
                check(message, path.startsWith(EBS + "/") ? "ebs" : "ec2");
                if (asked.action().isEmpty()) {
                    StubRequest request = new StubRequest(new String(body, StandardCharsets.US_ASCII));
                    asked = new Asked(request.action(), () -> xml(stub.answer(request)), StubEndpoint::xml);
                }
                calls.add(asked.action());
                answer(exchange, asked);
            } catch (StubRefusal e) {
                if (!retryAfter.isEmpty()) {
                    exchange.getResponseHeaders().add("Retry-After", retryAfter);
                }
                send(exchange, asked.error().apply(e));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Asked direct(HttpMessage message, String path, byte[] body) {
        return new Asked(
                StubDirect.action(message.method(), path), () -> stub.direct(path, message, body), stub.direct::error);
    }

    private static StubDirect.Reply xml(String document) {
        return new StubDirect.Reply(200, Map.of("Content-Type", "text/xml;charset=UTF-8"), Bytes.utf8(document));
    }

    private static StubDirect.Reply xml(StubRefusal refusal) {
        return new StubDirect.Reply(
                refusal.status(), Map.of("Content-Type", "text/xml;charset=UTF-8"), Bytes.utf8(StubXml.error(refusal)));
    }

    private static StubDirect.Reply text(int status, String text) {
        return new StubDirect.Reply(status, Map.of(), Bytes.utf8(text));
    }

    private void answer(HttpExchange exchange, Asked asked) throws IOException, InterruptedException {
        switch (mishaps.get().apply(asked.action())) {
            case NONE -> send(exchange, asked.answer().get());
            case LOST_BEFORE -> {
                // Closing without an answer is what a cut line looks like.
            }
            case LOST_AFTER -> {
                StubDirect.Reply _ = asked.answer().get();
            }
            case TWICE -> {
                StubDirect.Reply _ = asked.answer().get();
                send(exchange, asked.answer().get());
            }
            case ERROR_500 -> send(exchange, text(500, "out of order"));
            case THROTTLED -> throw new StubRefusal("RequestLimitExceeded", "Request limit exceeded.");
            case NONSENSE -> send(exchange, text(200, "<html>It works!</html>"));
            case ENTITIES ->
                send(
                        exchange,
                        text(
                                200,
                                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><" + asked.action()
                                        + "Response>&e;</" + asked.action() + "Response>"));
            case SILENCE -> end.await();
        }
    }

    private static HttpMessage message(HttpExchange exchange, byte[] body) {
        List<Pair> headers = exchange.getRequestHeaders().entrySet().stream()
                .flatMap(header -> header.getValue().stream().map(value -> new Pair(header.getKey(), value)))
                .toList();
        String query =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        List<Pair> parameters = Stream.of(query.split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split("=", 2))
                .map(pair -> new Pair(
                        URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                        URLDecoder.decode(pair[1], StandardCharsets.UTF_8)))
                .toList();
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getRawPath();
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Content-Sha256"))
                .map(hash -> new HttpMessage(method, path, parameters, headers, hash))
                .orElseGet(() -> new HttpMessage(method, path, parameters, headers, body));
    }

    private void check(HttpMessage message, String service) {
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
            Verifier verifier = new Verifier("test-1", service, Duration.ofMinutes(5), PathRule.NORMALISED);
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

    private static void send(HttpExchange exchange, StubDirect.Reply reply) throws IOException {
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        exchange.sendResponseHeaders(
                reply.status(), reply.body().size() == 0 ? -1 : reply.body().size());
        exchange.getResponseBody().write(reply.body().toArray());
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
