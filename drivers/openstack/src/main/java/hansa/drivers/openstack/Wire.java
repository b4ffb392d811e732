package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import hansa.cloud.TrustAnchors;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Carries calls to the services of an OpenStack. Every call ends within its time limit, whatever the servers do. */
final class Wire implements AutoCloseable {

    private static final int LARGEST_ANSWER = 64 * 1024 * 1024;

    private final Duration limit;
    private final Semaphore places;
    private final HttpClient client;

    Wire(OpenStackSettings settings) {
        this.limit = settings.timeLimit();
        this.places = new Semaphore(settings.calls());
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limit)
                .followRedirects(HttpClient.Redirect.NEVER);
        settings.trustAnchors().map(TrustAnchors::context).ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    Answer call(HttpRequest request) {
        HttpResponse<byte[]> response = exchange(
                request,
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST_ANSWER),
                limit);
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** @param within the time for all of the answer, body and all */
    <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler, Duration within) {
        long end = System.nanoTime() + within.toNanos();
        try {
            if (!places.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new CloudException.Unavailable(where(request) + " has too many calls to answer");
            }
            try {
                return exchange(request, handler, within, end);
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException.Unavailable("the wait for " + where(request) + " was interrupted", e);
        }
    }

    /** The client's own time limit ends with the head of the answer; this one holds for all of it. */
    private <T> HttpResponse<T> exchange(
            HttpRequest request, HttpResponse.BodyHandler<T> handler, Duration within, long end)
            throws InterruptedException {
        CompletableFuture<HttpResponse<T>> exchange = client.sendAsync(request, handler);
        try {
            return exchange.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new CloudException.Unavailable(where(request) + " did not answer within " + within, e);
        } catch (ExecutionException e) {
            throw new CloudException.Unavailable(
                    where(request) + " does not answer: "
                            + reason(Optional.ofNullable(e.getCause()).orElse(e)),
                    e);
        } finally {
            exchange.cancel(true);
        }
    }

    private static String where(HttpRequest request) {
        return "OpenStack at " + request.uri().getScheme() + "://"
                + request.uri().getAuthority();
    }

    private static String reason(Throwable cause) {
        String kind = cause instanceof IOException
                ? "no connection"
                : cause.getClass().getSimpleName();
        return Optional.ofNullable(cause.getMessage()).map(Refusals::oneLine).orElse(kind);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
