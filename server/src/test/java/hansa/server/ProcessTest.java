package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as the launcher starts it. */
final class ProcessTest {

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(Process::destroyForcibly);
    }

    private Process up(String... options) throws IOException {
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
                data().toString(),
                "--set",
                "listen.main=https://127.0.0.1:0",
                "--set",
                "listen.occi=none"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("err").toFile())
                .start();
        started.add(process);
        return process;
    }

    private Path data() {
        return folder.resolve("data");
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"), StandardCharsets.UTF_8);
    }

    private void awaitReady(Process process) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(process.isAlive()).as(err()).isTrue();
            assertThat(data().resolve("endpoints.json")).exists();
        });
    }

    @Test
    void stopsInOrderWhenItIsToldTo() throws Exception {
        Process node = up();
        awaitReady(node);
        assertThat(Files.readString(data().resolve("endpoints.json"))).contains("\"pid\": " + node.pid());
        node.destroy();
        assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(data().resolve("endpoints.json")).doesNotExist();
        assertThat(err()).contains("Hansa is ready").doesNotContain("ERROR");
    }

    @Test
    void startsAgainAfterItWasKilled() throws Exception {
        Process node = up();
        awaitReady(node);
        node.destroyForcibly().waitFor();
        assertThat(data().resolve("endpoints.json")).exists();
        Process again = up();
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(Files.readString(data().resolve("endpoints.json")))
                        .contains("\"pid\": " + again.pid()));
    }

    @Test
    void refusesASecondNodeInOneLine() throws Exception {
        awaitReady(up());
        Process second = up();
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(err())
                .isEqualTo("hansa: Another node runs in " + data()
                        + "; stop it, or give this one a folder of its own with --data.\n");
        assertThat(data().resolve("endpoints.json")).exists();
    }

    @Test
    void refusesAWrongConfigurationInOneLine() throws Exception {
        Process node = up("--set", "identity.opne=true");
        assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).isEqualTo(2);
        assertThat(err())
                .isEqualTo("hansa: --set: there is no key \"identity.opne\"; did you mean \"identity.open\"?\n");
    }
}
