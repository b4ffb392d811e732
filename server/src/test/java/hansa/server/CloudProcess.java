package hansa.server;

import static org.awaitility.Awaitility.await;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver.Surroundings;
import hansa.cloud.CloudName;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Settings;
import hansa.drivers.simulated.SimulatedCloudMain;
import hansa.drivers.simulated.SimulatedDriver;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A simulated cloud in a process of its own, which can die and come back at the same address. */
final class CloudProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final List<String> settings;
    private Process process;
    private URI uri;

    private CloudProcess(Path folder, List<String> settings) throws IOException {
        this.folder = folder;
        this.settings = settings;
        this.process = launch("http://127.0.0.1:0");
        this.uri = awaitReady();
    }

    /** @param settings {@code key=value} of the simulated cloud */
    static CloudProcess start(Path folder, String... settings) throws IOException {
        return new CloudProcess(Files.createDirectories(folder), List.of(settings));
    }

    private Process launch(String listen) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SimulatedCloudMain.class.getName(),
                "--data",
                folder.toString(),
                "--listen",
                listen));
        settings.forEach(setting -> command.addAll(List.of("--set", setting)));
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private URI awaitReady() {
        Path out = folder.resolve("out");
        await("the simulated cloud is ready")
                .atMost(PATIENCE)
                .until(() -> Files.exists(out) && Files.readString(out).contains("ready at "));
        try {
            String line = Files.readString(out).strip();
            return URI.create(line.substring(line.lastIndexOf(' ') + 1));
        } catch (IOException e) {
            throw new AssertionError("the simulated cloud says nothing", e);
        }
    }

    URI uri() {
        return uri;
    }

    void die() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Comes back where it was, with what it had. */
    void comeBack() throws IOException {
        process = launch(uri.toString());
        uri = awaitReady();
    }

    /** What is really there. */
    List<RemoteMachine> machines() {
        SimulatedDriver driver = new SimulatedDriver();
        Settings connection = Settings.of(driver.settings(), Map.of("url", uri.toString()));
        try (Cloud cloud =
                driver.open(new CloudName("looked-at"), connection, new Surroundings(folder, Clock.systemUTC()))) {
            return cloud.list();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
