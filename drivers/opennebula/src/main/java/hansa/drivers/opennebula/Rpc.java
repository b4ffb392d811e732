package hansa.drivers.opennebula;

import hansa.cloud.CloudException;
import hansa.cloud.TrustAnchors;
import hansa.protocols.opennebula.Element;
import hansa.protocols.opennebula.MethodCall;
import hansa.protocols.opennebula.MethodResponse;
import hansa.protocols.opennebula.OpenNebulaSyntaxException;
import hansa.protocols.opennebula.Reply;
import hansa.protocols.opennebula.Value;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls methods of an OpenNebula. Every call ends within the time limit, whatever the server does. */
final class Rpc implements AutoCloseable {

    private static final int LARGEST_ANSWER = 128 * 1024 * 1024;

    private final URI url;
    private final Value session;
    private final Duration limit;
    private final Semaphore places;
    private final HttpClient client;

    Rpc(OpenNebulaSettings settings) {
        this.url = settings.url();
        this.session = Value.of(settings.session());
        this.limit = settings.timeLimit();
        this.places = new Semaphore(settings.calls());
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limit)
                .followRedirects(HttpClient.Redirect.NEVER);
        settings.trustAnchors().map(TrustAnchors::context).ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /** @return the number that most methods answer with: that of what they made or changed */
    int number(String method, Value... parameters) {
        if (call(method, parameters) instanceof Value.Whole(long number) && number == (int) number) {
            return (int) number;
        }
        throw unreadable("its answer to " + method + " is no number");
    }

    void tell(String method, Value... parameters) {
        call(method, parameters);
    }

    String text(String method, Value... parameters) {
        if (call(method, parameters) instanceof Value.Text(String text)) {
            return text;
        }
        throw unreadable("its answer to " + method + " is no text");
    }

    /** Reads a document that came. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Element document) throws OpenNebulaSyntaxException;
    }

    <T> T document(Reader<T> reader, String method, Value... parameters) {
        String text = text(method, parameters);
        try {
            return reader.read(Element.read(text));
        } catch (OpenNebulaSyntaxException e) {
            throw unreadable("in its answer to " + method + ", " + e.getMessage());
        }
    }

    private Value call(String method, Value... parameters) {
        List<Value> all = new ArrayList<>();
        all.add(session);
        all.addAll(List.of(parameters));
        byte[] answer = send(new MethodCall(method, all));
        try {
            return switch (MethodResponse.read(answer)) {
                case MethodResponse.Fault fault -> throw Refusals.of(method, fault);
                case MethodResponse.Returned(Value value) ->
                    switch (Reply.of(value)) {
                        case Reply.Done(Value done) -> done;
                        case Reply.Refused refused -> throw Refusals.of(method, refused);
                    };
            };
        } catch (OpenNebulaSyntaxException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
    }

    private CloudException.Unavailable unreadable(String why) {
        return new CloudException.Unavailable("OpenNebula at " + url + " does not answer as it should: " + why);
    }

    private byte[] send(MethodCall call) {
        long end = System.nanoTime() + limit.toNanos();
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "text/xml")
                .POST(HttpRequest.BodyPublishers.ofByteArray(call.toXml()))
                .build();
        try {
            if (!places.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new CloudException.Unavailable("OpenNebula at " + url + " has too many calls to answer");
            }
            try {
                return body(call, exchange(request, end));
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException.Unavailable("the wait for OpenNebula at " + url + " was interrupted", e);
        }
    }

    /** The client's own time limit ends with the head of the answer; this one holds for all of it. */
    private HttpResponse<byte[]> exchange(HttpRequest request, long end) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            return exchange.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new CloudException.Unavailable("OpenNebula at " + url + " did not answer within " + limit, e);
        } catch (ExecutionException e) {
            throw new CloudException.Unavailable(
                    "OpenNebula at " + url + " does not answer: "
                            + reason(Optional.ofNullable(e.getCause()).orElse(e)),
                    e);
        } finally {
            exchange.cancel(true);
        }
    }

    private static String reason(Throwable cause) {
        String kind = cause instanceof IOException
                ? "no connection"
                : cause.getClass().getSimpleName();
        return Optional.ofNullable(cause.getMessage()).map(Refusals::oneLine).orElse(kind);
    }

    private byte[] body(MethodCall call, HttpResponse<byte[]> response) {
        return switch (response.statusCode()) {
            case 200 -> response.body();
            case 401, 403 ->
                throw new CloudException.Unauthorised("what stands before OpenNebula at " + url + " refuses " + call
                        + " with the HTTP status " + response.statusCode());
            default ->
                throw new CloudException.Unavailable("OpenNebula at " + url + " answers to " + call
                        + " with the HTTP status " + response.statusCode());
        };
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
