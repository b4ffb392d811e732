package hansa.drivers.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.Cloud;
import hansa.cloud.RemoteMachine;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SimulatedCloudMainTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void machines_outlive_a_killed_process() throws IOException, InterruptedException {
        RemoteMachine machine;
        Process first = start();
        try (Cloud cloud = connected(first)) {
            machine = cloud.create(Fixtures.order("a"));
        } finally {
            first.destroyForcibly().waitFor();
        }
        Process second = start();
        try (Cloud cloud = connected(second)) {
            assertThat(cloud.list()).containsExactly(machine);
        } finally {
            second.destroy();
            assertThat(second.waitFor()).isEqualTo(143);
        }
    }

    private Process start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SimulatedCloudMain.class.getName(),
                "--data",
                folder.toString());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private Cloud connected(Process process) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String url = String.valueOf(out.readLine()).replace("simulated cloud ready at ", "");
        assertThat(Files.readString(folder.resolve("endpoint.json")))
                .isEqualTo("{\"url\": \"" + url + "\", \"pid\": " + process.pid() + "}\n");
        return Fixtures.open(folder, Map.of("url", url));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            --listen http://127.0.0.1:0            | --data DIR is missing
            --data                                 | --data wants a value
            --data D --listen http://0.0.0.0:0     | on the loopback only
            --data D --listen ftp://127.0.0.1:0    | --listen wants http://127.0.0.1:PORT
            --data D --set quota                   | --set wants KEY=VALUE, not 'quota'
            --data D --set quota=1                 | 'quota' is not a key
            --data D --loud                        | '--loud' is not known
            """)
    void wrong_arguments_are_refused_with_the_usage(String arguments, String reason) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> words = List.of(arguments.replace("D ", folder + " ").split(" +"));
        int code = SimulatedCloudMain.run(words, new PrintStream(new ByteArrayOutputStream()), printer(err));
        assertThat(code).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(reason).contains(SimulatedCloudMain.USAGE);
    }

    private static PrintStream printer(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }
}
