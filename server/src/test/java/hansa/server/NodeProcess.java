package hansa.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A whole node in a process of its own, with OCCI over TLS, which can die and come back at the same addresses. */
final class NodeProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path folder;
    private final List<String> settings;
    private Process process;
    private URI main;
    private URI occi;

    private NodeProcess(Path folder, List<String> settings) throws IOException {
        this.folder = folder;
        this.settings = settings;
        this.process = launch("http://127.0.0.1:0", "https://127.0.0.1:0");
        awaitReady();
        this.main = endpoint("main");
        this.occi = endpoint("occi");
    }

    /** @param settings {@code key=value} */
    static NodeProcess start(Path folder, String... settings) throws IOException {
        return new NodeProcess(Files.createDirectories(folder), List.of(settings));
    }

    private Process launch(String listenMain, String listenOcci) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "up",
                "--data",
                data().toString()));
        List<String> all = new ArrayList<>(List.of("listen.main=" + listenMain, "listen.occi=" + listenOcci));
        all.addAll(settings);
        all.forEach(setting -> command.addAll(List.of("--set", setting)));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void awaitReady() {
        await("the other node is ready")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> Files.readString(data().resolve("endpoints.json")).contains("\"pid\": " + process.pid()));
    }

    private URI endpoint(String name) throws IOException {
        Matcher matcher = Pattern.compile("\"" + name + "\": \"([^\"]+)\"")
                .matcher(Files.readString(data().resolve("endpoints.json")));
        if (!matcher.find()) {
            throw new AssertionError("no listener " + name);
        }
        return URI.create(matcher.group(1));
    }

    URI main() {
        return main;
    }

    URI occi() {
        return occi;
    }

    /** The certificate of the authority that the node made for itself. */
    Path authority() {
        return data().resolve("tls").resolve("ca.pem");
    }

    String operatorToken() throws IOException {
        return Files.readString(data().resolve("admin.token")).strip();
    }

    void die() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Comes back where it was, with what it had. */
    void comeBack() throws IOException {
        process = launch(main.toString(), occi.toString());
        awaitReady();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
