package hansa.drivers.simulated;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.Token;
import java.io.FileNotFoundException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;

/** Asks a simulated cloud in another process, see {@link Protocol}. */
final class Wire implements AutoCloseable {

    private static final int CONNECTIONS = 64;
    private static final BodyHandler<byte[]> WHOLE =
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), Protocol.LARGEST_ANSWER);

    private final URI cloud;
    private final Duration limit;
    private final HttpClient client;
    private final Semaphore connections = new Semaphore(CONNECTIONS);

    /** @throws IllegalArgumentException when the URL is not one of plain HTTP on the loopback */
    Wire(URI cloud, Duration limit) {
        String host = Optional.ofNullable(cloud.getHost()).orElse("");
        if (!"http".equals(cloud.getScheme()) || !Loopback.isHost(host) || cloud.getPort() < 1) {
            throw new IllegalArgumentException(
                    "the URL of a simulated cloud is such as http://127.0.0.1:8091, on the loopback only, not '" + cloud
                            + "'");
        }
        this.cloud = cloud;
        this.limit = limit;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limit)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
    }

    <Q, A> A ask(Protocol.Endpoint<Q, A> endpoint, Q question) {
        return read(endpoint, send(asking(endpoint, question), WHOLE));
    }

    private <Q> HttpRequest asking(Protocol.Endpoint<Q, ?> endpoint, Q question) {
        return request(endpoint.path(), Protocol.JSON, BodyPublishers.ofByteArray(endpoint.writeQuestion(question)));
    }

    private <A> A read(Protocol.Endpoint<?, A> endpoint, byte[] answer) {
        try {
            return endpoint.answer(answer).orElseThrow(() -> unreadable("it is null"));
        } catch (JacksonException e) {
            throw unreadable(e.getOriginalMessage());
        }
    }

    <Q> void tell(Protocol.Endpoint<Q, Protocol.Nothing> endpoint, Q question) {
        ask(endpoint, question);
    }

    RemoteImage upload(Token token, String name, String format, Path file) {
        String path = Protocol.IMAGE_UPLOAD.path() + "?token=" + token + "&name=" + encoded(name) + "&format="
                + encoded(format);
        try {
            byte[] answer = send(request(path, Protocol.BYTES, BodyPublishers.ofFile(file)), WHOLE);
            return read(Protocol.IMAGE_UPLOAD, answer);
        } catch (FileNotFoundException e) {
            throw new CloudException.InvalidRequest("the image file " + file + " cannot be read");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    void download(RemoteId image, Path file) {
        send(asking(Protocol.IMAGE_DOWNLOAD, image), BodyHandlers.ofFile(file));
    }

    private HttpRequest request(String path, String type, BodyPublisher body) {
        return HttpRequest.newBuilder(cloud.resolve(path))
                .header("Content-Type", type)
                .POST(body)
                .build();
    }

    private sealed interface Outcome<T> {

        record Done<T>(T body) implements Outcome<T> {}

        record Refused<T>(CloudException exception) implements Outcome<T> {}
    }

    private <T> T send(HttpRequest request, BodyHandler<T> handler) {
        BodyHandler<Outcome<T>> either = info -> info.statusCode() == 200
                ? BodySubscribers.mapping(handler.apply(info), Outcome.Done::new)
                : BodySubscribers.mapping(
                        WHOLE.apply(info), body -> new Outcome.Refused<>(refusal(info.statusCode(), body)));
        return switch (exchange(request, either)) {
            case Outcome.Done<T>(T body) -> body;
            case Outcome.Refused<T>(CloudException exception) -> throw exception;
        };
    }

    private <T> T exchange(HttpRequest request, BodyHandler<T> handler) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            if (!connections.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new CloudException.Unavailable(
                        "the simulated cloud at " + cloud + " has too many calls to answer");
            }
            try {
                return whole(client.sendAsync(request, handler), end).body();
            } finally {
                connections.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException.Unavailable("the wait for the simulated cloud was interrupted", e);
        }
    }

    /** The client's own time limit ends with the head of the answer; this one holds for all of it. */
    private <T> HttpResponse<T> whole(CompletableFuture<HttpResponse<T>> exchange, long end)
            throws InterruptedException {
        try {
            return exchange.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new CloudException.Unavailable(
                    "the simulated cloud at " + cloud + " did not answer within " + limit, e);
        } catch (ExecutionException e) {
            String reason = Optional.ofNullable(e.getCause())
                    .map(Throwable::getMessage)
                    .map(message -> message.replaceAll("\\p{Cntrl}+", " "))
                    .orElse("no connection");
            throw new CloudException.Unavailable("the simulated cloud at " + cloud + " does not answer: " + reason, e);
        } finally {
            exchange.cancel(true);
        }
    }

    private CloudException refusal(int status, byte[] body) {
        try {
            Optional<Protocol.Refusal> refusal =
                    Optional.ofNullable(Json.MAPPER.readValue(body, Protocol.Refusal.class));
            return refusal.map(Protocol.Refusal::exception).orElseGet(() -> unreadable("it is null"));
        } catch (JacksonException e) {
            return new CloudException.Unavailable(
                    "what answers at " + cloud + " with " + status + " is no simulated cloud", e);
        }
    }

    private CloudException unreadable(String reason) {
        return new CloudException.Unavailable(
                "the answer of the simulated cloud at " + cloud + " cannot be read: " + reason);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
