package hansa.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.kernel.tls.CertificateAuthority;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heads of requests that do not get on, as a client of HTTP/2 sends them. */
final class SlowFramesTest {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    /** GET https://h/ in HPACK (RFC 7541, appendix A). */
    private static final byte[] GET = {(byte) 0x82, (byte) 0x87, (byte) 0x84, 0x41, 1, 'h'};

    @TempDir
    Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CountDownLatch leave = new CountDownLatch(1);
    private HttpServer server;
    private SSLSocket socket;

    @BeforeEach
    void start() throws Exception {
        CertificateAuthority authority = CertificateAuthority.open(folder.resolve("tls"), List.of(), Clock.systemUTC());
        EchoFace face = new EchoFace(
                "echo",
                List.of(
                        EchoFace.route(Method.GET, "/", (_, _) -> Response.text(200, "ok")),
                        EchoFace.route(Method.GET, "/wait", (_, _) -> {
                            awaitLeave();
                            return Response.text(200, "ok");
                        })));
        server = HttpServer.builder()
                .listener(URI.create("https://localhost:0"), authority.context(), List.of(new Mount("", face)))
                .limits(Limits.defaults().withClients(ClientLimits.defaults().withHead(Duration.ofSeconds(1))))
                .metrics(meters)
                .start();
        socket = (SSLSocket) trusting(authority.caFile()).getSocketFactory().createSocket("localhost", server.port());
        socket.setSoTimeout(20_000);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
        send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        send(frame(SETTINGS, 0, 0, new byte[0]));
    }

    private void awaitLeave() {
        try {
            leave.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() throws IOException {
        leave.countDown();
        socket.close();
        server.close();
    }

    private static SSLContext trusting(Path pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(head(type, flags, stream, payload.length));
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    private static byte[] head(int type, int flags, int stream, int length) {
        return new byte[] {
            (byte) (length >> 16),
            (byte) (length >> 8),
            (byte) length,
            (byte) type,
            (byte) flags,
            0,
            0,
            0,
            (byte) stream
        };
    }

    private void send(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    /** Reads frames until the answer on a stream has ended. */
    private String answered(int stream) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder body = new StringBuilder();
        while (true) {
            byte[] head = in.readNBytes(9);
            assertThat(head).as("the connection ended").hasSize(9);
            int length = (head[0] & 0xff) << 16 | (head[1] & 0xff) << 8 | head[2] & 0xff;
            byte[] payload = in.readNBytes(length);
            boolean ours = head[8] == stream;
            if (ours && head[3] == DATA) {
                body.append(new String(payload, StandardCharsets.UTF_8));
            }
            if (ours && (head[3] == DATA || head[3] == HEADERS) && (head[4] & END_STREAM) != 0) {
                return body.toString();
            }
        }
    }

    private double cut() {
        return meters.get("hansa.limited").tag("kind", "slow-head").counter().count();
    }

    /** Sends a byte now and then, so that the connection is never silent. */
    private void trickleUntilCut() {
        await().atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    try {
                        send(new byte[1]);
                        return false;
                    } catch (IOException closed) {
                        return true;
                    }
                });
        assertThat(cut()).isEqualTo(1);
    }

    @Test
    void aFirstHeadThatNeverEndsIsCut() throws Exception {
        send(frame(HEADERS, END_STREAM, 1, GET));
        send(head(CONTINUATION, 0, 1, 1_000));
        trickleUntilCut();
    }

    @Test
    void aLaterHeadThatNeverEndsIsCut() throws Exception {
        send(frame(HEADERS, END_STREAM | END_HEADERS, 1, GET));
        assertThat(answered(1)).isEqualTo("ok\n");
        send(frame(HEADERS, END_STREAM, 3, GET));
        send(head(CONTINUATION, 0, 3, 1_000));
        trickleUntilCut();
    }

    @Test
    void aHeadThatNeverEndsIsCutBesideARequestInWork() throws Exception {
        byte[] waiting = {(byte) 0x82, (byte) 0x87, 0x44, 5, '/', 'w', 'a', 'i', 't', 0x41, 1, 'h'};
        send(frame(HEADERS, END_STREAM | END_HEADERS, 1, waiting));
        await().until(() -> meters.get("hansa.http.requests.running").gauge().value() == 1);
        send(head(HEADERS, END_STREAM | END_HEADERS, 3, 1_000));
        trickleUntilCut();
    }

    @Test
    void aConnectionThatIsKeptAliveIsNotCut() throws Exception {
        send(frame(HEADERS, END_STREAM | END_HEADERS, 1, GET));
        assertThat(answered(1)).isEqualTo("ok\n");
        AtomicInteger pings = new AtomicInteger();
        await().atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    send(frame(PING, 0, 0, new byte[8]));
                    return pings.incrementAndGet() == 25;
                });
        send(frame(HEADERS, END_STREAM | END_HEADERS, 3, GET));
        assertThat(answered(3)).isEqualTo("ok\n");
        assertThat(cut()).isZero();
    }
}
