package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the code against the promise that every denial names its rule, the written-out ones too. */
final class DenialsTest {

    /** A failure that is made on the spot, up to the end of its statement; one that is handed its text is not. */
    private static final Pattern DENIAL = Pattern.compile(
            "(?:new Failure\\(\\s*ErrorCode\\.POLICY_DENIED,|(?<!\\.)\\bdenied\\()\\s*(?=[^;]*\")[^;]*(?:;[^;\"]*\"[^;]*)*;");

    @Test
    void every_denial_that_is_written_out_names_its_rule() throws IOException {
        List<String> silent = new ArrayList<>();
        int found = 0;
        for (Path file : sources()) {
            Matcher denial = DENIAL.matcher(Files.readString(file));
            while (denial.find()) {
                found++;
                if (!denial.group().contains("rule '")) {
                    silent.add(file.getFileName() + ": " + denial.group().replaceAll("\\s+", " "));
                }
            }
        }
        assertThat(silent).isEmpty();
        assertThat(found).isGreaterThan(15);
    }

    private static List<Path> sources() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String part : List.of("federation", "faces", "server", "kernel")) {
            try (Stream<Path> files = Files.walk(Path.of("..", part))) {
                files.filter(file -> file.toString().contains("src/main/java")
                                && file.toString().endsWith(".java"))
                        .forEach(all::add);
            }
        }
        return all;
    }
}
