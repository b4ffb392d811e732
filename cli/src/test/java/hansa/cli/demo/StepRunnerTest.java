package hansa.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cli.client.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepRunnerTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private StepRunner runner(boolean interactive) {
        PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        Clock clock = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
        return new StepRunner(
                new Terminal(printed, printed, interactive, interactive, Map.of("TERM", "xterm"), clock), () -> false);
    }

    @Test
    void printsEachStepWithItsTimeAndFindings() {
        boolean done = runner(false)
                .run(List.of(
                        new Step("look around", "nothing", () -> List.of("all quiet", "no \u001b[31mcolour")),
                        new Step("go home", "nothing", List::of)));
        assertThat(done).isTrue();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                           1  look around                                            0.00 s  ok
                              all quiet
                              no  [31mcolour
                           2  go home                                                0.00 s  ok
                        """);
    }

    @Test
    void stopsAtTheFirstFailureAndSaysHowToMendIt() {
        boolean done = runner(false)
                .run(List.of(
                        new Step("fail", "try again", () -> {
                            throw new DemoFailure("it rains");
                        }),
                        new Step("never", "nothing", List::of)));
        assertThat(done).isFalse();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                           1  fail                                                   0.00 s  FAILED
                              it rains
                              To mend it: try again
                        """);
    }

    @Test
    void announcesAStepWhereAPersonLooks() {
        runner(true).run(List.of(new Step("walk", "nothing", List::of)));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("   1  walk ...\r\u001b[K   1  walk ")
                .contains("\u001b[32mok\u001b[0m");
    }
}
