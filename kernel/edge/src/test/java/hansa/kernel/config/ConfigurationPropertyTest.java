package hansa.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationPropertyTest {

    private static final String PIECES = " \n\n\t:-#&*!|>'\"%@`{}[],?~.=ab01\u00e4\u20ac\0";
    private static final List<String> WORDS = List.of(
            "listen",
            "main",
            "site.name",
            ": ",
            "\n  ",
            "\n",
            "clouds",
            "driver",
            "https://127.0.0.1:1",
            "true",
            "- ",
            "{",
            "}",
            "[",
            "]",
            "&a ",
            "*a",
            "<<: ",
            "!!int ",
            "? ",
            "|\n",
            "---\n",
            "'",
            "\"");

    @TempDir
    Path folder;

    @Test
    void answersAnyTextWithAConfigurationOrOneLine() throws IOException {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Path file = folder.resolve("c.yaml");
        for (int round = 0; round < 1_500; round++) {
            String text = text(random);
            Files.writeString(file, text);
            try {
                assertThat(ConfigurationReader.read(Optional.of(file), List.of(), Map.of()))
                        .isNotNull();
            } catch (ConfigurationException refused) {
                assertThat(refused.text())
                        .as("seed %d, text %s", seed, text)
                        .isNotBlank()
                        .contains("c.yaml")
                        .doesNotContain("\n");
            } catch (RuntimeException fault) {
                fail("seed " + seed + ", text " + text, fault);
            }
        }
    }

    private static String text(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            text.append(
                    random.nextBoolean()
                            ? WORDS.get(random.nextInt(WORDS.size()))
                            : String.valueOf(PIECES.charAt(random.nextInt(PIECES.length()))));
        }
        return text.toString();
    }

    @Test
    void readsBackWhatWasWrittenNestedOrDotted() throws Exception {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int round = 0; round < 150; round++) {
            Map<String, String> settings = new LinkedHashMap<>();
            for (int i = random.nextInt(1, 8); i > 0; i--) {
                settings.put("k" + i + (random.nextBoolean() ? ".deep" : ""), value(random));
            }
            StringBuilder yaml = new StringBuilder();
            if (random.nextBoolean()) {
                yaml.append("clouds:\n  x:\n    driver: d\n");
                settings.forEach((key, value) ->
                        yaml.append("    ").append(key).append(": ").append(quoted(value)));
            } else {
                yaml.append("clouds.x.driver: d\n");
                settings.forEach((key, value) ->
                        yaml.append("clouds.x.").append(key).append(": ").append(quoted(value)));
            }
            Path file = folder.resolve("c.yaml");
            Files.writeString(file, yaml);
            Map<String, String> read = new LinkedHashMap<>();
            ConfigurationReader.read(Optional.of(file), List.of(), Map.of())
                    .clouds()
                    .getFirst()
                    .settings()
                    .forEach((key, setting) -> read.put(key, setting.value()));
            assertThat(read).as("seed %d, text %s", seed, yaml).isEqualTo(settings);
        }
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'\n";
    }

    private static String value(RandomGenerator random) {
        String from = "ab :#'\"{}[]&*!,\u00e4\u20ac%";
        StringBuilder text = new StringBuilder("v");
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(from.charAt(random.nextInt(from.length())));
        }
        return text.append('.').toString();
    }
}
