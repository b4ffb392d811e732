package hansa.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCrashTest {

    private static final int PROMISES = 300;

    @TempDir
    Path folder;

    @Test
    void every_unit_that_was_promised_before_a_kill_is_there_and_none_is_there_by_half() throws Exception {
        Path file = folder.resolve("test.db");
        List<String> promised = new ArrayList<>();
        for (String life : List.of("first", "second")) {
            promised.addAll(killedAfterPromises(file, life));
        }
        try (Store store = Stores.open(StoreUrl.parse("sqlite:" + file), Databases.MIGRATIONS)) {
            List<String> accounts = StoreContract.names(store);
            assertThat(accounts).containsAll(promised);
            assertThat(store.<List<String>>read(sql -> sql.createQuery("select account from entry order by account")
                            .mapTo(String.class)
                            .list()))
                    .isEqualTo(accounts);
            assertThat(store.<String>read(sql -> sql.createQuery("pragma integrity_check")
                            .mapTo(String.class)
                            .one()))
                    .isEqualTo("ok");
        }
        assertThat(promised).hasSizeGreaterThanOrEqualTo(2 * PROMISES);
    }

    private List<String> killedAfterPromises(Path file, String life) throws IOException, InterruptedException {
        Path promises = folder.resolve(life);
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingWriter.class.getName(),
                        file.toString(),
                        life)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(promises.toFile())
                .start();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(promises).lines().count() > PROMISES);
        } finally {
            writer.destroyForcibly().waitFor();
        }
        // The kill may have cut the last line.
        String text = Files.readString(promises);
        return text.substring(0, text.lastIndexOf('\n')).lines().toList();
    }
}
