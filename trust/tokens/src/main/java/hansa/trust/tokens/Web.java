package hansa.trust.tokens;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * Asks an issuer over HTTPS: bounded in time, size and number, and without following anybody anywhere else. Plain HTTP
 * is for loopback. Thread-safe.
 */
final class Web implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration WHOLE = Duration.ofSeconds(10);
    private static final int LARGEST_ANSWER = 512 * 1024;
    private static final int AT_A_TIME = 32;

    private final HttpClient client;
    private final Semaphore room = new Semaphore(AT_A_TIME);

    /** @param trust whose TLS certificates are taken; those that Java trusts where there is none */
    Web(Optional<SSLContext> trust) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1);
        trust.ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /** @param bearer the token that is shown */
    byte[] get(URI uri, Optional<String> bearer) throws IOException {
        HttpRequest.Builder request = request(uri).GET();
        bearer.ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return send(request.build());
    }

    /** @param authorization the value of that header */
    byte[] post(URI uri, String form, Optional<String> authorization) throws IOException {
        HttpRequest.Builder request = request(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form, StandardCharsets.US_ASCII));
        authorization.ifPresent(value -> request.header("Authorization", value));
        return send(request.build());
    }

    private static HttpRequest.Builder request(URI uri) throws IOException {
        boolean safe = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && isLoopback(uri);
        if (!safe || uri.getHost() == null) {
            throw new IOException(uri + " is no https:// address");
        }
        return HttpRequest.newBuilder(uri).timeout(WHOLE).header("Accept", "application/json");
    }

    private static boolean isLoopback(URI uri) {
        String host = String.valueOf(uri.getHost());
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try {
            return bare.equals("localhost") || InetAddress.ofLiteral(bare).isLoopbackAddress();
        } catch (IllegalArgumentException aName) {
            return false;
        }
    }

    private byte[] send(HttpRequest request) throws IOException {
        try {
            if (!room.tryAcquire(WHOLE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("too many questions wait for " + request.uri());
            }
            try {
                // The client's own time limit ends with the headers; this one is for the body too.
                HttpResponse<byte[]> response = client.sendAsync(
                                request,
                                HttpResponse.BodyHandlers.limiting(
                                        HttpResponse.BodyHandlers.ofByteArray(), LARGEST_ANSWER))
                        .get(WHOLE.toMillis(), TimeUnit.MILLISECONDS);
                if (response.statusCode() != 200) {
                    throw new IOException(request.uri() + " answers " + response.statusCode());
                }
                return response.body();
            } finally {
                room.release();
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(request.uri() + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while waiting for " + request.uri(), e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
