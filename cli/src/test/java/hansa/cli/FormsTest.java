package hansa.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cli.client.Json;
import hansa.cli.client.JsonText;
import hansa.cli.client.Refusal;
import hansa.cli.client.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How values look to people. */
class FormsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static final Terminal PLAIN = new Terminal(
            new PrintStream(OutputStream.nullOutputStream()),
            new PrintStream(OutputStream.nullOutputStream()),
            false,
            false,
            Map.of(),
            Clock.fixed(NOW, ZoneOffset.UTC));

    private static Json.Members json(String text) {
        return (Json.Members) JsonText.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T12:00:05Z, 0s",
        "2026-11-21T11:59:15Z, 45s",
        "2026-11-21T11:57:00Z, 3m",
        "2026-11-21T07:00:00Z, 5h",
        "2026-11-09T12:00:00Z, 12d",
        "yesterday, yesterday"
    })
    void showsAgesInTheirLargestUnit(String instant, String age) {
        assertThat(Ages.since(instant, NOW)).isEqualTo(age);
    }

    @ParameterizedTest
    @CsvSource({"90, 90", "90s, 90", "10m, 600", "2h, 7200", "30d, 2592000"})
    void readsLengthsOfTime(String text, long seconds) {
        assertThat(Ages.parse(text)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"512, 512", "512M, 512", "2G, 2048", "2GiB, 2048", "1t, 1048576"})
    void readsSizes(String text, long mib) {
        assertThat(Sizes.parseMib(text)).isEqualTo(mib);
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "1.5G", "2P", "G", "99999999999G"})
    void refusesSizesThatAreNone(String text) {
        assertThatThrownBy(() -> Sizes.parseMib(text)).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @CsvSource({"512, 512M", "2048, 2G", "1536, 1536M", "1048576, 1T"})
    void showsSizes(long mib, String text) {
        assertThat(Sizes.mib(mib)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"17, 17B", "14090240, 13.4M", "1073741824, 1.0G", "536870912, 512M"})
    void showsLengthsOfFiles(long bytes, String text) {
        assertThat(Sizes.bytes(bytes)).isEqualTo(text);
    }

    @Test
    void alignsColumnsAndLeavesNoBlanksAtTheEnd() {
        Table table = new Table(List.of(Column.of("NAME", "name"), Column.state("state"), Column.age("created")));
        List<String> lines = table.lines(
                List.of(
                        json("{\"name\":\"wide-äö\",\"state\":\"active\",\"created\":\"2026-11-21T11:57:00Z\"}"),
                        json("{\"name\":\"x\",\"state\":\"error\"}")),
                PLAIN);
        assertThat(lines)
                .containsExactly(
                        "NAME     STATE   AGE", //
                        "wide-äö  active  3m",
                        "x        error   -");
    }

    @Test
    void keepsOthersTextsFromSteeringTheTerminal() {
        Table table = new Table(List.of(Column.of("NAME", "name")));
        assertThat(table.lines(List.of(json("{\"name\":\"a\\u001b[2Jb\\nc\"}")), PLAIN))
                .containsExactly("NAME", "a [2Jb c");
    }

    @Test
    void cutsIdsToWhatTellsThemApart() {
        List<Json.Members> rows = List.of(
                json("{\"id\":\"01a1fda4-cb86-733b-8df3-ac153dd625a3\"}"),
                json("{\"id\":\"01a1fda4-cb86-733c-8df3-ac153dd625a3\"}"),
                json("{\"id\":\"chosen-by-somebody-and-long\"}"));
        assertThat(rows.stream().map(ShortIds.among(rows, "id")))
                .containsExactly("01a1fda4-cb86-733b", "01a1fda4-cb86-733c", "chosen-by-somebody-and-long");
    }

    @Test
    void writesYamlThatReadsTheSame() {
        assertThat(YamlText.of(
                        json("{\"a\":\"1\",\"b\":[],\"c\":[{\"d\":true,\"e\":[2,3]},\"f\"],\"g h\":{\"i\":null}}")))
                .isEqualTo("""
                        a: "1"
                        b: []
                        c:
                          - d: true
                            e:
                              - 2
                              - 3
                          - "f"
                        "g h":
                          i: null""");
    }

    @Test
    void findsWhatWasMeant() {
        List<String> known = List.of("list", "show", "create", "delete");
        assertThat(Similar.to("craete", known)).contains("create");
        assertThat(Similar.to("del", known)).contains("delete");
        assertThat(Similar.to("frobnicate", known)).isEmpty();
        assertThat(Similar.to("x".repeat(100_000), known)).isEmpty();
    }
}
