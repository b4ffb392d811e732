package hansa.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class LimitsTest {

    private static HttpServer start(Limits limits, EchoFace face) throws IOException {
        return HttpServer.builder()
                .listener(URI.create("http://127.0.0.1:0"), List.of(new Mount("", face)))
                .limits(limits)
                .start();
    }

    private static void pass(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A face whose GET waits until the test lets it go. */
    private record Slow(CountDownLatch entered, CountDownLatch leave) {

        static Slow of(int requests) {
            return new Slow(new CountDownLatch(requests), new CountDownLatch(1));
        }

        EchoFace face() {
            return EchoFace.with((_, _) -> {
                entered.countDown();
                pass(leave);
                return Response.text(200, "done");
            });
        }
    }

    @Test
    void refusesRequestsAboveTheLimitAndAsksToComeAgain() throws Exception {
        Slow slow = Slow.of(1);
        try (HttpServer server = start(Limits.defaults().withRequests(1), slow.face());
                RawConnection first = RawConnection.to(server);
                RawConnection second = RawConnection.to(server)) {
            first.sendHead("GET / HTTP/1.1", "Host: h");
            pass(slow.entered());
            RawConnection.Answer refused =
                    second.sendHead("GET / HTTP/1.1", "Host: h").read();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).contains("1");
            assertThat(refused.body())
                    .isEqualTo("echo: rate.limited: The server is busy with 1 requests; try again.\n");
            slow.leave().countDown();
            assertThat(first.read().body()).isEqualTo("done\n");
            // The place is given back when the answer is out, which its reader may see a moment sooner.
            await().untilAsserted(() -> assertThat(
                            second.sendHead("GET / HTTP/1.1", "Host: h").read().status())
                    .isEqualTo(200));
        }
    }

    @Test
    void finishesARunningRequestWhenItStopsAndRefusesNewOnes() throws Exception {
        Slow slow = Slow.of(1);
        HttpServer server = start(Limits.defaults(), slow.face());
        try (RawConnection running = RawConnection.to(server);
                RawConnection late = RawConnection.to(server);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            running.sendHead("GET / HTTP/1.1", "Host: h");
            pass(slow.entered());
            Future<?> closing = threads.submit(server::close);
            await().untilAsserted(() -> {
                try (RawConnection probe = RawConnection.to(server)) {
                    assertThat(probe.sendHead("OPTIONS / HTTP/1.1", "Host: h")
                                    .read()
                                    .status())
                            .isEqualTo(503);
                }
            });
            RawConnection.Answer refused =
                    late.sendHead("GET / HTTP/1.1", "Host: h").read();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).contains("1");
            assertThat(refused.header("Connection")).contains("close");
            assertThat(refused.body()).startsWith("echo: server.stopping: ");
            assertThat(closing.isDone()).isFalse();
            slow.leave().countDown();
            assertThat(running.read().body()).isEqualTo("done\n");
            closing.get();
            assertThat(running.ended()).isTrue();
        }
    }

    @Test
    void cutsARequestThatDoesNotFinishWithinTheLimit() throws Exception {
        Slow slow = Slow.of(1);
        HttpServer server = start(Limits.defaults().withDrain(Duration.ofMillis(100)), slow.face());
        try (RawConnection running = RawConnection.to(server)) {
            running.sendHead("GET / HTTP/1.1", "Host: h");
            pass(slow.entered());
            server.close();
            assertThat(running.ended()).isTrue();
        } finally {
            slow.leave().countDown();
        }
    }

    @Test
    void refusesABodyThatComesTooSlowly() throws Exception {
        EchoFace face = EchoFace.with((request, _) -> Response.text(200, "" + request.body().length));
        Limits limits = Limits.defaults().withBodyRate(1_000_000_000, Duration.ZERO);
        try (HttpServer server = start(limits, face);
                RawConnection connection = RawConnection.to(server)) {
            connection
                    .sendHead("POST / HTTP/1.1", "Host: h", "Content-Length: 1000")
                    .send("x");
            RawConnection.Answer answer = connection.read();
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.body()).contains("less than 1000000000 bytes a second");
        }
    }

    @Test
    void refusesABodyThatStops() throws Exception {
        EchoFace face = EchoFace.with((request, _) -> Response.text(200, "" + request.body().length));
        try (HttpServer server = start(Limits.defaults().withIdle(Duration.ofMillis(300)), face);
                RawConnection connection = RawConnection.to(server)) {
            connection
                    .sendHead("POST / HTTP/1.1", "Host: h", "Content-Length: 1000")
                    .send("x");
            assertThat(connection.read().status()).isEqualTo(408);
        }
    }

    @Test
    void closesASilentConnectionButNotOneWhoseAnswerTakesLong() throws Exception {
        Slow slow = Slow.of(1);
        try (HttpServer server = start(Limits.defaults().withIdle(Duration.ofMillis(200)), slow.face());
                RawConnection silent = RawConnection.to(server);
                RawConnection waiting = RawConnection.to(server)) {
            waiting.sendHead("GET / HTTP/1.1", "Host: h");
            pass(slow.entered());
            assertThat(silent.ended()).isTrue();
            slow.leave().countDown();
            assertThat(waiting.read().body()).isEqualTo("done\n");
        }
    }

    @Test
    void letsFurtherConnectionsWait() throws Exception {
        EchoFace face = EchoFace.with((_, _) -> Response.text(200, "ok"));
        try (HttpServer server = start(Limits.defaults().withConnections(2), face)) {
            List<RawConnection> taken = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                RawConnection connection = RawConnection.to(server);
                connection.sendHead("GET / HTTP/1.1", "Host: h").read();
                taken.add(connection);
            }
            try (RawConnection third = RawConnection.to(server)) {
                third.sendHead("GET / HTTP/1.1", "Host: h");
                third.socket().setSoTimeout(200);
                assertThat(readable(third.socket())).isFalse();
                taken.getFirst().close();
                third.socket().setSoTimeout(10_000);
                assertThat(third.read().body()).isEqualTo("ok\n");
            }
            taken.getLast().close();
        }
    }

    private static boolean readable(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() >= 0;
        } catch (java.net.SocketTimeoutException nothing) {
            return false;
        }
    }

    @Test
    void countsRequestsByFaceMethodRouteAndStatus() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        EchoFace face = EchoFace.of("echo", Method.GET, "/things/{id}");
        try (HttpServer server = HttpServer.builder()
                .listener(URI.create("http://127.0.0.1:0"), List.of(new Mount("/e", face)))
                .metrics(registry)
                .start()) {
            for (String path : List.of("/e/things/1", "/e/things/2", "/e/none")) {
                try (RawConnection connection = RawConnection.to(server)) {
                    connection.sendHead("GET " + path + " HTTP/1.1", "Host: h").read();
                }
            }
        }
        assertThat(registry.get("hansa.http.requests")
                        .tags("face", "echo", "method", "GET", "route", "/e/things/{id}", "status", "200")
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("hansa.http.requests")
                        .tags("route", "none", "status", "404")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("hansa.http.requests.running").gauge().value()).isZero();
    }

    @Test
    void logsEachRequestOnceWithoutItsSecrets() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger("hansa.access");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(lines);
        try (HttpServer server = start(Limits.defaults(), EchoFace.of("echo", Method.GET, "/things/{id}"))) {
            try (RawConnection connection = RawConnection.to(server)) {
                connection
                        .sendHead(
                                "GET /things/1?a=b&access_token=hush HTTP/1.1",
                                "Host: h",
                                "X-Request-Id: r7",
                                "Authorization: Bearer hush")
                        .read();
            }
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(null);
            logger.setAdditive(true);
        }
        assertThat(lines.list).hasSize(1);
        assertThat(lines.list.getFirst().getFormattedMessage())
                .matches("id=r7 face=echo peer=127\\.0\\.0\\.1 method=GET path=/things/1"
                        + " query=a=b&access_token=\\*\\*\\* status=200 bytes=\\d+ us=\\d+");
    }
}
