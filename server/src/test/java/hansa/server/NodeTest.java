package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.kernel.config.Configuration;
import hansa.kernel.config.ConfigurationException;
import hansa.kernel.config.ConfigurationReader;
import hansa.kernel.config.SecretText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeTest {

    @TempDir
    Path folder;

    private final List<Closing> started = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        started.forEach(Closing::close);
        client.close();
    }

    private Closing start(String... settings) throws ConfigurationException, StartFailure {
        List<String> all = new ArrayList<>(List.of("listen.main=http://127.0.0.1:0", "listen.occi=http://127.0.0.1:0"));
        all.addAll(List.of(settings));
        Configuration wanted = ConfigurationReader.read(Optional.empty(), all, Map.of());
        Closing closing = new Closing();
        started.add(closing);
        Node.start(folder.resolve("data"), wanted, new SecretText(Map.of()), Clock.systemUTC(), closing);
        return closing;
    }

    private Path endpoints() {
        return folder.resolve("data").resolve("endpoints.json");
    }

    private URI endpoint(String name) throws IOException {
        Matcher matcher = Pattern.compile("\"" + name + "\": \"([^\"]+)\"").matcher(Files.readString(endpoints()));
        assertThat(matcher.find()).isTrue();
        return URI.create(matcher.group(1));
    }

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void saysWhereItIsWhenItIsReadyAndTakesItBackWhenItStops() throws Exception {
        Closing closing = start("clouds.sim.driver=simulated");
        assertThat(Files.readString(endpoints()))
                .contains("\"pid\": " + ProcessHandle.current().pid());
        HttpResponse<String> ready = get(endpoint("main").resolve("/health/ready"));
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).contains("\"store\":\"ok\"");
        closing.close();
        assertThat(endpoints()).doesNotExist();
    }

    @Test
    void startsAgainInTheSameFolder() throws Exception {
        start("clouds.sim.driver=simulated").close();
        String node = Files.readString(folder.resolve("data").resolve("node.id"));
        start("clouds.sim.driver=simulated");
        assertThat(Files.readString(folder.resolve("data").resolve("node.id"))).isEqualTo(node);
        assertThat(get(endpoint("main").resolve("/health/live")).statusCode()).isEqualTo(200);
    }

    @Test
    void carriesItsEventsOverABrokerWhereOneIsConfigured() throws Exception {
        start("clouds.sim.driver=simulated", "bus.url=artemis-embedded:");
        assertThat(get(endpoint("main").resolve("/health/ready")).statusCode()).isEqualTo(200);
        assertThat(folder.resolve("data").resolve("bus")).isNotEmptyDirectory();
    }

    @Test
    void isAloneInItsFolder() throws Exception {
        start();
        assertThatThrownBy(this::start)
                .isInstanceOf(StartFailure.class)
                .hasMessage("Another node runs in " + folder.resolve("data")
                        + "; stop it, or give this one a folder of its own with --data.");
        assertThat(endpoints()).exists();
    }

    @Test
    void leavesNothingOpenWhenItCannotListen() throws Exception {
        start();
        String taken = endpoint("main").toString();
        started.removeFirst().close();
        try (java.net.ServerSocket socket = new java.net.ServerSocket(
                URI.create(taken).getPort(), 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            assertThat(socket.isBound()).isTrue();
            assertThatThrownBy(() -> start("listen.main=" + taken))
                    .isInstanceOf(StartFailure.class)
                    .hasMessage("Cannot listen on " + taken
                            + ": Address already in use; stop what listens there or choose another address.");
        }
        start();
    }

    @Test
    void refusesADriverThatIsNotThereAndNamesTheOthers() {
        assertThatThrownBy(() -> start("clouds.sim.driver=simulatd"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("\"clouds.sim.driver\" is \"simulatd\"; there are the drivers ")
                .hasMessageEndingWith("; did you mean simulated?");
    }

    @Test
    void refusesADriversKeyThatIsNotThere() {
        assertThatThrownBy(() -> start("clouds.sim.driver=simulated", "clouds.sim.call-limt=1s"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("--set: the driver simulated has no key \"clouds.sim.call-limt\";"
                        + " did you mean \"clouds.sim.call-limit\"?");
        assertThatThrownBy(() -> start("clouds.sim.driver=simulated", "clouds.sim.call-limit=soon"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("The cloud sim (driver simulated): 'call-limit' is not a duration: 'soon'");
    }

    @Test
    void refusesUrlsThatNobodyUnderstandsWithoutShowingThem() {
        assertThatThrownBy(() -> start("store.url=mysql://u:hush@h/d"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("\"store.url\": The store's URL has to start with sqlite: or postgresql:,"
                        + " not with \"mysql\".");
        assertThatThrownBy(() -> start("bus.url=kafka://u:hush@h"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("\"bus.url\": ")
                .hasMessageNotContaining("hush");
    }

    @Test
    void letsAPageOfTheWebDoNothingWhereEverybodyIsTheOperator() throws Exception {
        start("identity.open=true", "clouds.sim.driver=simulated");
        URI vms = endpoint("main").resolve("/api/v1/vms");
        assertThat(get(vms).statusCode()).isEqualTo(200);
        try (java.net.Socket socket = new java.net.Socket("127.0.0.1", vms.getPort())) {
            socket.getOutputStream()
                    .write("GET /api/v1/vms HTTP/1.1\r\nHost: evil.example.org\r\nConnection: close\r\n\r\n"
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 421 ");
        }
    }

    @Test
    void startsAMachineOverOcciAndShowsItOverRest() throws Exception {
        start("clouds.sim.driver=simulated");
        String token =
                Files.readString(folder.resolve("data").resolve("admin.token")).strip();
        String images = ask("GET", endpoint("occi").resolve("/-/"), token);
        Matcher image = Pattern.compile("Category: (tiny; scheme=\"[^\"]+\"; class=\"mixin\")")
                .matcher(images);
        assertThat(image.find()).isTrue();
        String created = ask("POST", endpoint("occi").resolve("/compute/"), token, """
                Category: compute; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"
                Category: %s
                """.formatted(image.group(1)));
        assertThat(created).startsWith("X-OCCI-Location: " + endpoint("occi") + "/compute/");
        String id = created.strip().substring(created.strip().lastIndexOf('/') + 1);
        URI vm = endpoint("main").resolve("/api/v1/vms/" + id);
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(ask("GET", vm, token)).contains("\"state\":\"active\""));
        assertThat(ask("GET", endpoint("main").resolve("/occi/compute/" + id), token))
                .contains("occi.compute.state=\"active\"");
    }

    private String ask(String method, URI uri, String token) throws IOException, InterruptedException {
        return ask(method, uri, token, "");
    }

    private String ask(String method, URI uri, String token, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("X-Auth-Token", token)
                .header("Accept", uri.getPath().startsWith("/api/") ? "application/json" : "text/plain")
                .header("Content-Type", "text/plain")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    @Test
    void refusesAFolderThatCannotBeUsed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> DataFolder.take(file.resolve("data")))
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("The data folder " + file.resolve("data") + " cannot be used: ");
    }
}
