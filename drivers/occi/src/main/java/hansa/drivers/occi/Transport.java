package hansa.drivers.occi;

import hansa.cloud.CloudException;
import hansa.protocols.occi.HeaderField;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries requests. Every one ends within the time limit, whatever the server does; no answer is larger than is good for us,
 * and no redirect is followed. A client certificate that changes is shown from the next connection on.
 */
final class Transport implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);
    private static final int LARGEST_ANSWER = 64 * 1024 * 1024;

    private final OcciSettings settings;
    private final Duration limit;
    private final Semaphore places;
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile Line line;

    /** @throws IllegalArgumentException with a line for the administrator when a file cannot be used */
    Transport(OcciSettings settings) {
        this.settings = settings;
        this.limit = settings.timeLimit();
        this.places = new Semaphore(settings.calls(), true);
        this.line = new Line(client(), changed());
    }

    /** A client, and when the files that it was made of were last changed. */
    private record Line(HttpClient client, List<FileTime> changed) {}

    private HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limit)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(Tls.context(settings))
                .build();
    }

    private List<FileTime> changed() {
        return Stream.of(settings.clientCertificate(), settings.clientKey())
                .flatMap(Optional::stream)
                .distinct()
                .map(Transport::changed)
                .toList();
    }

    private static FileTime changed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            LOG.debug("{} cannot be looked at", file, e);
            return FileTime.fromMillis(0);
        }
    }

    private HttpClient current() {
        List<FileTime> now = changed();
        if (now.equals(line.changed())) {
            return line.client();
        }
        renewing.lock();
        try {
            if (!now.equals(line.changed())) {
                renew(now);
            }
            return line.client();
        } finally {
            renewing.unlock();
        }
    }

    private void renew(List<FileTime> now) {
        HttpClient old = line.client();
        try {
            line = new Line(client(), now);
            old.shutdown();
        } catch (IllegalArgumentException e) {
            LOG.warn("The client certificate for {} stays as it was: {}", settings.url(), e.getMessage());
            line = new Line(old, now);
        }
    }

    /** @throws CloudException.Unavailable where no whole answer came */
    Answer exchange(Ask ask) {
        long end = System.nanoTime() + limit.toNanos();
        HttpRequest.Builder request = HttpRequest.newBuilder(ask.uri())
                .header("User-Agent", "hansa")
                .method(
                        ask.method(),
                        ask.body().length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(ask.body()));
        try {
            for (HeaderField field : ask.headers()) {
                request.header(field.name(), field.value());
            }
        } catch (IllegalArgumentException e) {
            throw new CloudException.InvalidRequest("a credential or value cannot stand in a header of HTTP");
        }
        try {
            if (!places.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new CloudException.Unavailable(place() + " has too many requests to answer");
            }
            try {
                HttpResponse<byte[]> response = exchange(request.build(), end);
                return new Answer(response.statusCode(), response.headers(), response.body());
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException.Unavailable("the wait for " + place() + " was interrupted", e);
        }
    }

    /** The client's own time limit ends with the head of the answer; this one holds for all of it. */
    private HttpResponse<byte[]> exchange(HttpRequest request, long end) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> exchange = current()
                .sendAsync(
                        request,
                        HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            return exchange.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new CloudException.Unavailable(place() + " did not answer within " + limit, e);
        } catch (ExecutionException e) {
            throw new CloudException.Unavailable(
                    place() + " does not answer: "
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

    private String place() {
        return "OCCI at " + settings.url();
    }

    @Override
    public void close() {
        line.client().shutdownNow();
    }
}
