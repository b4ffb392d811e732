package hansa.kernel.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.kernel.http.HttpServer;
import hansa.kernel.http.Mount;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OperationsFaceTest {

    private final AtomicReference<Optional<String>> store = new AtomicReference<>(Optional.empty());
    private final Telemetry telemetry = new Telemetry();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        Health health = new Health(List.of(
                new Health.Check("store", true, store::get),
                new Health.Check("cloud sim", false, () -> Optional.of("does \"not\" answer"))));
        server = HttpServer.builder()
                .listener(
                        URI.create("http://127.0.0.1:0"),
                        List.of(new Mount("", new OperationsFace(telemetry, health, OperationsFace.Rule.THIS_HOST))))
                .metrics(telemetry.registry())
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
        telemetry.close();
    }

    private HttpResponse<String> get(String path, String accept) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.uris().getFirst().resolve(path))
                .header("Accept", accept)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void livesWhileItAnswers() throws Exception {
        assertThat(get("/health/live", "*/*").body()).isEqualTo("live\n");
    }

    @Test
    void isReadyThoughACloudIsAway() throws Exception {
        HttpResponse<String> answer = get("/health/ready", "*/*");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"status\":\"ready\",\"checks\":"
                        + "{\"store\":\"ok\",\"cloud sim\":\"does \\\"not\\\" answer\"}}");
    }

    @Test
    void isNotReadyWithoutItsStore() throws Exception {
        store.set(Optional.of("the disk is full"));
        HttpResponse<String> answer = get("/health/ready", "*/*");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).startsWith("{\"status\":\"not ready\",\"checks\":{\"store\":\"the disk is full\"");
    }

    @Test
    void showsMeasurementsOfRequestsAndOfTheProcess() throws Exception {
        telemetry.measureProcess();
        get("/health/live", "*/*");
        HttpResponse<String> answer = get("/metrics", "*/*");
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body())
                .contains("hansa_http_requests_seconds_count{face=\"operations\",method=\"GET\","
                        + "route=\"/health/live\",status=\"200\"} 1")
                .contains("hansa_http_requests_running 1")
                .contains("jvm_memory_used_bytes")
                .contains("process_cpu_usage");
        assertThat(get("/metrics", "application/openmetrics-text;version=1.0.0").body())
                .endsWith("# EOF\n");
    }

    @Test
    void refusesInPlainText() throws Exception {
        HttpResponse<String> answer = get("/health/none", "*/*");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("resource.not-found: There is nothing at /health/none.\n");
    }

    @Test
    void doesNotWaitLongForACheckAndSurvivesItsFaults() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        Health health = new Health(List.of(
                new Health.Check("stuck", false, () -> {
                    try {
                        never.await();
                        return Optional.empty();
                    } catch (InterruptedException e) {
                        return Optional.of("interrupted");
                    }
                }),
                new Health.Check("broken", true, () -> {
                    asked.incrementAndGet();
                    throw new IllegalStateException("secret");
                })));
        List<Health.Finding> findings = health.findings();
        assertThat(findings)
                .containsExactly(
                        new Health.Finding("stuck", false, Optional.of("no answer within 2 s")),
                        new Health.Finding("broken", true, Optional.of("the check itself failed; the log says why")));
        assertThat(Health.isReady(findings)).isFalse();
        assertThat(asked).hasValue(1);
    }
}
