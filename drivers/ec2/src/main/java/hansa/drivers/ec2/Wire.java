package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.cloud.TrustAnchors;
import hansa.protocols.sigv4.HttpMessage;
import hansa.protocols.sigv4.HttpMessage.Pair;
import hansa.protocols.sigv4.PathRule;
import hansa.protocols.sigv4.Signer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends signed requests, so many at a time, and knows by how much the endpoint's clock differs from ours. */
final class Wire implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);
    private static final String SERVICE = "ec2";
    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";
    private static final int LARGEST_ANSWER = 128 * 1024 * 1024;
    /** Smaller differences are no reason for a refusal: EC2 forgives five minutes. */
    private static final Duration WORTH_CORRECTING = Duration.ofSeconds(30);

    private final URI endpoint;
    private final String host;
    private final String region;
    private final String version;
    private final Signer signer;
    private final InstantSource clock;
    private final Duration limit;
    private final Semaphore places;
    private final HttpClient client;
    private volatile Duration ahead = Duration.ZERO;

    Wire(Ec2Settings settings, InstantSource clock) {
        this.endpoint =
                settings.endpoint().getRawPath().isEmpty() ? settings.endpoint().resolve("/") : settings.endpoint();
        this.host = host(endpoint);
        this.region = settings.region();
        this.version = settings.version();
        this.signer =
                new Signer(settings.accessKey(), settings.secretKey(), settings.sessionToken(), PathRule.NORMALISED);
        this.clock = clock;
        this.limit = settings.timeLimit();
        this.places = new Semaphore(settings.calls());
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limit)
                .followRedirects(HttpClient.Redirect.NEVER);
        settings.trustAnchors().map(TrustAnchors::context).ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /** The header {@code Host} as the JDK's client sends it, since it is signed: without the scheme's own port. */
    static String host(URI endpoint) {
        int usual = endpoint.getScheme().equals("https") ? 443 : 80;
        return endpoint.getPort() == -1 || endpoint.getPort() == usual
                ? endpoint.getHost()
                : endpoint.getHost() + ":" + endpoint.getPort();
    }

    /**
     * @param end in the time of {@link System#nanoTime}
     * @throws CloudException.Unavailable where no whole answer came until then
     */
    HttpResponse<byte[]> send(Form form, long end) {
        try {
            if (!places.tryAcquire(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                throw new CloudException.Unavailable("EC2 at " + endpoint + " has too many calls to answer");
            }
            try {
                return exchange(signed(form), end);
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException.Unavailable("the wait for EC2 at " + endpoint + " was interrupted", e);
        }
    }

    private HttpRequest signed(Form form) {
        byte[] body = form.body(version);
        List<Pair> headers = List.of(new Pair("Host", host), new Pair("Content-Type", FORM));
        HttpMessage message = new HttpMessage("POST", endpoint.getRawPath(), List.of(), headers, body);
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", FORM)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        signer.sign(message, region, SERVICE, clock.instant().plus(ahead))
                .forEach(header -> request.header(header.name(), header.value()));
        return request.build();
    }

    /** The client's own time limit ends with the head of the answer; this one holds for all of it. */
    private HttpResponse<byte[]> exchange(HttpRequest request, long end) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            return exchange.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new CloudException.Unavailable("EC2 at " + endpoint + " did not answer within " + limit, e);
        } catch (ExecutionException e) {
            Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
            throw new CloudException.Unavailable("EC2 at " + endpoint + " does not answer: " + reason(cause), e);
        } finally {
            exchange.cancel(true);
        }
    }

    private static String reason(Throwable cause) {
        String kind = cause instanceof IOException
                ? "no connection"
                : cause.getClass().getSimpleName();
        return Optional.ofNullable(cause.getMessage()).map(Problem::oneLine).orElse(kind);
    }

    /** Signs by the endpoint's clock from now on, where the difference is large enough to be the reason of a refusal. */
    boolean goByTheClockOf(HttpResponse<byte[]> response) {
        Optional<Instant> theirs = response.headers().firstValue("Date").flatMap(Wire::date);
        if (theirs.isEmpty()) {
            return false;
        }
        Duration now = Duration.between(clock.instant(), theirs.get());
        if (now.minus(ahead).abs().compareTo(WORTH_CORRECTING) < 0) {
            return false;
        }
        ahead = now;
        LOG.warn(
                "the clock of EC2 at {} and ours differ by {}; requests are signed by its clock. Set ours right",
                endpoint,
                now.abs());
        return true;
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
