package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.cloud.TrustAnchors;
import hansa.protocols.sigv4.HttpMessage;
import hansa.protocols.sigv4.HttpMessage.Pair;
import hansa.protocols.sigv4.PathRule;
import hansa.protocols.sigv4.Signer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends signed requests, so many at a time, and knows by how much the endpoint's clock differs from ours. */
final class Wire implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);
    private static final int LARGEST_LIST = 128 * 1024 * 1024;
    private static final int LARGEST_BLOCK_LIST = 16 * 1024 * 1024;
    /** Smaller differences are no reason for a refusal: EC2 forgives five minutes. */
    private static final Duration WORTH_CORRECTING = Duration.ofSeconds(30);

    private final URI endpoint;
    private final String host;
    private final String region;
    private final String service;
    private final int largestAnswer;
    private final Signer signer;
    private final InstantSource clock;
    private final Duration limit;
    private final Semaphore places;
    private final HttpClient client;
    private volatile Duration ahead = Duration.ZERO;

    private Wire(URI endpoint, String service, int largestAnswer, Ec2Settings settings, InstantSource clock) {
        this.endpoint = endpoint;
        this.host = host(endpoint);
        this.region = settings.region();
        this.service = service;
        this.largestAnswer = largestAnswer;
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

    /** To the Query API. */
    static Wire ec2(Ec2Settings settings, InstantSource clock) {
        URI endpoint = settings.endpoint();
        return new Wire(
                endpoint.getRawPath().isEmpty() ? endpoint.resolve("/") : endpoint,
                "ec2",
                LARGEST_LIST,
                settings,
                clock);
    }

    /** To the direct interface of EBS. */
    static Wire ebs(URI endpoint, Ec2Settings settings, InstantSource clock) {
        return new Wire(endpoint, "ebs", LARGEST_BLOCK_LIST, settings, clock);
    }

    /** The header {@code Host} as the JDK's client sends it, since it is signed: without the scheme's own port. */
    static String host(URI endpoint) {
        int usual = endpoint.getScheme().equals("https") ? 443 : 80;
        return endpoint.getPort() == -1 || endpoint.getPort() == usual
                ? endpoint.getHost()
                : endpoint.getHost() + ":" + endpoint.getPort();
    }

    /**
     * @param message its path goes on where that of the endpoint ends; its headers are all but {@code Host}
     * @param end in the time of {@link System#nanoTime}
     * @throws CloudException.Unavailable where no whole answer came until then
     */
    HttpResponse<byte[]> send(HttpMessage message, byte[] body, long end) {
        try {
            if (!places.tryAcquire(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                throw new CloudException.Unavailable("EC2 at " + endpoint + " has too many calls to answer");
            }
            try {
                return exchange(signed(message, body), end);
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException.Unavailable("the wait for EC2 at " + endpoint + " was interrupted", e);
        }
    }

    private HttpRequest signed(HttpMessage wanted, byte[] body) {
        String path = endpoint.getRawPath() + wanted.path();
        List<Pair> headers = new ArrayList<>(wanted.headers());
        headers.add(new Pair("Host", host));
        HttpMessage message = new HttpMessage(wanted.method(), path, wanted.query(), headers, wanted.payloadHash());
        HttpRequest.BodyPublisher publisher = wanted.method().equals("GET")
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.resolve(path + query(wanted.query())))
                .method(wanted.method(), publisher);
        wanted.headers().forEach(header -> request.header(header.name(), header.value()));
        signer.sign(message, region, service, clock.instant().plus(ahead))
                .forEach(header -> request.header(header.name(), header.value()));
        return request.build();
    }

    /** Written as it is signed, since not every endpoint reads it before it compares. */
    private static String query(List<Pair> query) {
        return query.stream()
                .map(one -> encoded(one.name()) + "=" + encoded(one.value()))
                .sorted()
                .collect(Collectors.collectingAndThen(
                        Collectors.joining("&"), text -> text.isEmpty() ? "" : "?" + text));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** The client's own time limit ends with the head of the answer; this one holds for all of it. */
    private HttpResponse<byte[]> exchange(HttpRequest request, long end) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), largestAnswer));
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
