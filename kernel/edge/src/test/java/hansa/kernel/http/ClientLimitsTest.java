package hansa.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What one client may use of a server, tried over real connections from several loopback addresses. */
final class ClientLimitsTest {

    private static final ClientLimits LIMITS = ClientLimits.defaults().withExempt(AddressSet.NONE);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EchoFace ok = EchoFace.with((_, _) -> Response.text(200, "ok"));

    private HttpServer start(Limits limits, EchoFace face) throws IOException {
        return HttpServer.builder()
                .listener(URI.create("http://127.0.0.1:0"), List.of(new Mount("", face)))
                .limits(limits)
                .metrics(meters)
                .start();
    }

    private HttpServer start(ClientLimits limits, EchoFace face) throws IOException {
        return start(Limits.defaults().withClients(limits), face);
    }

    private static RawConnection from(String address, HttpServer server) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port(), InetAddress.ofLiteral(address), 0);
        socket.setSoTimeout(20_000);
        return new RawConnection(socket);
    }

    private static RawConnection.Answer get(RawConnection connection) throws IOException {
        return connection.sendHead("GET / HTTP/1.1", "Host: h").read();
    }

    private double limited(String kind) {
        return meters.get("hansa.limited").tag("kind", kind).counter().count();
    }

    @Test
    void anAddressThatFloodsIsToldWhenToComeAgainWhileOthersAreServed() throws Exception {
        try (HttpServer server = start(LIMITS.withAddress(new Allowance(1, 10)), ok);
                RawConnection flood = from("127.0.0.2", server);
                RawConnection other = from("127.0.0.3", server)) {
            assertThat(get(flood).status()).isEqualTo(200);
            assertThat(get(flood).status()).isEqualTo(200);
            for (int i = 0; i < 20; i++) {
                RawConnection.Answer refused = get(flood);
                assertThat(refused.status()).isEqualTo(429);
                assertThat(refused.header("Retry-After").map(Integer::parseInt).orElseThrow())
                        .isBetween(1, 2);
                assertThat(refused.body()).startsWith("echo: rate.limited: More requests from your address came");
            }
            assertThat(get(other).status()).isEqualTo(200);
        }
        assertThat(limited("address-rate")).isEqualTo(20);
    }

    @Test
    void nobodyIsAskedForAnAddressThatFloods() throws Exception {
        List<String> admitted = new ArrayList<>();
        EchoFace counting = EchoFace.with((request, _) -> {
            admitted.add(request.id());
            return Response.text(200, "ok");
        });
        try (HttpServer server = start(LIMITS.withAddress(new Allowance(1, 10)), counting);
                RawConnection flood = from("127.0.0.2", server)) {
            for (int i = 0; i < 12; i++) {
                flood.sendHead("GET / HTTP/1.1", "Host: h", "X-Deny: yes").read();
            }
        }
        assertThat(meters.get("hansa.http.requests")
                        .tag("status", "403")
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(admitted).isEmpty();
    }

    @Test
    void exemptAddressesAreNotLimited() throws Exception {
        try (HttpServer server = start(
                        ClientLimits.defaults().withAddress(new Allowance(1, 1)).withConnections(1), ok);
                RawConnection one = from("127.0.0.2", server);
                RawConnection two = from("127.0.0.2", server)) {
            for (int i = 0; i < 10; i++) {
                assertThat(get(one).status()).isEqualTo(200);
                assertThat(get(two).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aCallerIsLimitedWhereverTheyComeFrom() throws Exception {
        try (HttpServer server = start(LIMITS.withCaller(new Allowance(1, 10)), ok);
                RawConnection here = from("127.0.0.2", server);
                RawConnection there = from("127.0.0.3", server)) {
            assertThat(get(here).status()).isEqualTo(200);
            assertThat(get(there).status()).isEqualTo(200);
            RawConnection.Answer refused = get(there);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.body()).contains("More requests of yours came");
        }
        assertThat(limited("caller-rate")).isEqualTo(1);
    }

    @Test
    void anAddressHasOnlySoManyRequestsInWork() throws Exception {
        CountDownLatch entered = new CountDownLatch(2);
        CountDownLatch leave = new CountDownLatch(1);
        EchoFace slow = EchoFace.with((_, _) -> {
            entered.countDown();
            try {
                leave.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Response.text(200, "done");
        });
        try (HttpServer server = start(LIMITS.withAddress(new Allowance(1_000, 2)), slow);
                RawConnection one = from("127.0.0.2", server);
                RawConnection two = from("127.0.0.2", server);
                RawConnection three = from("127.0.0.2", server)) {
            one.sendHead("GET / HTTP/1.1", "Host: h");
            two.sendHead("GET / HTTP/1.1", "Host: h");
            entered.await();
            assertThat(get(three).status()).isEqualTo(429);
            leave.countDown();
            assertThat(one.read().body()).isEqualTo("done\n");
            assertThat(two.read().body()).isEqualTo("done\n");
            await().until(() -> get(three).status() == 200);
        }
        assertThat(limited("address-requests")).isGreaterThanOrEqualTo(1);
    }

    @Test
    void anAddressHasOnlySoManyConnections() throws Exception {
        try (HttpServer server = start(LIMITS.withConnections(2), ok);
                RawConnection one = from("127.0.0.2", server);
                RawConnection two = from("127.0.0.2", server)) {
            assertThat(get(one).status()).isEqualTo(200);
            assertThat(get(two).status()).isEqualTo(200);
            try (RawConnection three = from("127.0.0.2", server);
                    RawConnection other = from("127.0.0.3", server)) {
                assertThat(three.ended()).isTrue();
                assertThat(get(other).status()).isEqualTo(200);
            }
            one.socket().close();
            await().until(() -> {
                try (RawConnection again = from("127.0.0.2", server)) {
                    return get(again).status() == 200;
                } catch (IOException | IndexOutOfBoundsException notYet) {
                    return false;
                }
            });
        }
        assertThat(limited("address-connections")).isGreaterThanOrEqualTo(1);
    }

    /** Sends a byte now and then, so that the connection is never silent. */
    private static void trickle(RawConnection connection, Duration atMost) {
        await().atMost(atMost).pollInterval(Duration.ofMillis(100)).until(() -> {
            try {
                connection.send("a");
                return false;
            } catch (IOException cut) {
                return true;
            }
        });
    }

    @Test
    void aHeadThatNeverEndsIsCut() throws Exception {
        try (HttpServer server = start(LIMITS.withHead(Duration.ofSeconds(1)), ok);
                RawConnection slow = from("127.0.0.2", server)) {
            slow.send("GET / HTTP/1.1\r\nHost: h\r\nX-Slow: ");
            trickle(slow, Duration.ofSeconds(15));
        }
        assertThat(limited("slow-head")).isEqualTo(1);
    }

    @Test
    void aSecondHeadThatNeverEndsIsCutToo() throws Exception {
        try (HttpServer server = start(LIMITS.withHead(Duration.ofSeconds(1)), ok);
                RawConnection slow = from("127.0.0.2", server)) {
            assertThat(get(slow).status()).isEqualTo(200);
            slow.send("GET / HTTP/1.1\r\nHost: h\r\nX-Slow: ");
            trickle(slow, Duration.ofSeconds(15));
        }
        assertThat(limited("slow-head")).isEqualTo(1);
    }

    @Test
    void aBodyThatTricklesIsCut() throws Exception {
        EchoFace reading = EchoFace.with((request, _) -> Response.text(200, "" + request.body().length));
        Limits limits = Limits.defaults().withBodyRate(1_000_000, Duration.ofMillis(200));
        try (HttpServer server = start(limits, reading);
                RawConnection slow = from("127.0.0.2", server)) {
            slow.sendHead("POST / HTTP/1.1", "Host: h", "Content-Length: 1000");
            await().atMost(Duration.ofSeconds(15))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        slow.send("a");
                        return slow.socket().getInputStream().available() > 0;
                    });
            assertThat(slow.read().status()).isEqualTo(408);
        }
        assertThat(limited("slow-body")).isEqualTo(1);
    }

    @Test
    void anAnswerThatNobodyTakesIsCut() throws Exception {
        byte[] large = new byte[64 * 1024 * 1024];
        Limits limits = Limits.defaults().withBodyRate(1_000_000_000, Duration.ofMillis(300));
        try (HttpServer server = start(limits, EchoFace.with((_, _) -> Response.of(200, "text/plain", large)));
                RawConnection slow = from("127.0.0.2", server)) {
            slow.sendHead("GET / HTTP/1.1", "Host: h");
            await().atMost(Duration.ofSeconds(15)).until(() -> limited("slow-answer") == 1);
            await().until(() ->
                    meters.get("hansa.http.requests.running").gauge().value() == 0);
        }
    }

    @Test
    void aStreamThatNobodyTakesIsCut() throws Exception {
        byte[] piece = new byte[1024 * 1024];
        Response.Writer endless = out -> {
            for (int i = 0; i < 64; i++) {
                out.write(piece);
            }
        };
        Limits limits = Limits.defaults().withBodyRate(1_000_000_000, Duration.ofMillis(300));
        try (HttpServer server = start(limits, EchoFace.with((_, _) -> Response.streamed(200, "text/plain", endless)));
                RawConnection slow = from("127.0.0.2", server)) {
            slow.sendHead("GET / HTTP/1.1", "Host: h");
            await().atMost(Duration.ofSeconds(15)).until(() -> limited("slow-answer") == 1);
            await().until(() ->
                    meters.get("hansa.http.requests.running").gauge().value() == 0);
        }
    }
}
