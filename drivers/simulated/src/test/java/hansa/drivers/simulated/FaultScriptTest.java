package hansa.drivers.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.drivers.simulated.FaultRule.Occasion;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FaultScriptTest {

    @Test
    void every_kind_of_occasion_and_fault_is_read() {
        String script = """
                # what the cloud of this test suffers from
                on create nth 3: timeout after
                on create,delete every 10: timeout before 2s ; on * chance 0.25 seed 42: error "500 out of luck"

                on create first 2: duplicate   # at once
                on volume-create always: refuse quota "no more disks"
                on delete always: slow 5s
                on create chance 1: die 250ms "power cut"
                on read every 2: delay 1m
                on describe always: refuse capacity
                """;
        Set<Operation> create = EnumSet.of(Operation.CREATE);
        assertThat(FaultScript.parse(script))
                .containsExactly(
                        new FaultRule(create, new Occasion.Nth(3), new Fault.TimeoutAfter(Duration.ZERO)),
                        new FaultRule(
                                EnumSet.of(Operation.CREATE, Operation.DELETE),
                                new Occasion.Every(10),
                                new Fault.TimeoutBefore(Duration.ofSeconds(2))),
                        new FaultRule(
                                EnumSet.allOf(Operation.class),
                                new Occasion.Chance(0.25, 42),
                                new Fault.ServerError("500 out of luck")),
                        new FaultRule(create, new Occasion.First(2), new Fault.Duplicate()),
                        new FaultRule(
                                EnumSet.of(Operation.VOLUME_CREATE),
                                new Occasion.Always(),
                                new Fault.Refusal(Fault.Reason.QUOTA, "no more disks")),
                        new FaultRule(
                                EnumSet.of(Operation.DELETE),
                                new Occasion.Always(),
                                new Fault.SlowDelete(Duration.ofSeconds(5))),
                        new FaultRule(
                                create,
                                new Occasion.Chance(1, 0),
                                new Fault.Death(Duration.ofMillis(250), "power cut")),
                        new FaultRule(
                                EnumSet.of(Operation.READ),
                                new Occasion.Every(2),
                                new Fault.Delay(Duration.ofMinutes(1))),
                        new FaultRule(
                                EnumSet.of(Operation.DESCRIBE),
                                new Occasion.Always(),
                                new Fault.Refusal(Fault.Reason.CAPACITY, "the simulated cloud refuses it: capacity")));
    }

    @Test
    void an_empty_script_has_no_rules() {
        assertThat(FaultScript.parse("")).isEmpty();
        assertThat(FaultScript.parse(" ;;\n# nothing\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            create nth 3 timeout                 | a rule is 'on OPERATION OCCASION: FAULT', but there is no ':'
            at create nth 3: timeout after       | 'on' was expected, not 'at'
            on : error                           | an operation, or * for all is missing
            on creation always: error            | 'creation' is no operation; there are * and describe, create
            on create,: error                    | '' is no operation
            on create: error                     | always, nth, every, first or chance is missing
            on create sometimes: error           | 'sometimes' is no occasion
            on create nth: error                 | a number is missing
            on create nth 0: error               | calls are counted from 1, not 0
            on create nth three: error           | 'three' is not a number
            on create every 99999999999999999999: error | '99999999999999999999' is not a number
            on create chance 2: error            | a probability is 0 to 1 such as 0.05, not '2'
            on create chance 1.5: error          | a probability is 0 to 1 such as 0.05, not '1.5'
            on create always now: error          | there is too much: 'now'
            on create always:                    | a fault after the ':' is missing
            on create always: explode            | 'explode' is no fault
            on create always: timeout            | before or after is missing
            on create always: timeout during     | a timeout is before or after the effect, not 'during'
            on create always: timeout after ages | a duration is such as 250ms, 10s or 5m, not 'ages'
            on create always: error oops         | a text stands in double quotes, not oops
            on create always: error ""           | a text stands in double quotes, not ""
            on create always: duplicate twice    | there is too much: 'twice'
            on create always: slow 5s            | 'slow' is for 'delete' only
            on * always: die 5s                  | 'die' is for 'create' only
            on delete always: slow               | a duration is missing
            on create always: refuse             | a reason to refuse is missing
            on create always: refuse politely    | 'politely' is no reason to refuse
            """)
    void a_wrong_script_is_refused_with_its_line_and_reason(String rule, String reason) {
        assertThatThrownBy(() -> FaultScript.parse("# first\n\n" + rule.replace("\"\"\"\"", "\"\"")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("fault script, line 3: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
    }

    @Test
    void a_script_has_at_most_a_thousand_rules() {
        assertThat(FaultScript.parse("on * always: duplicate\n".repeat(1000))).hasSize(1000);
        assertThatThrownBy(() -> FaultScript.parse("on * always: duplicate\n".repeat(1001)))
                .hasMessage("fault script, line 1001: a script has at most 1000 rules");
    }

    @Test
    void whatever_is_written_it_is_read_or_refused_with_a_line() {
        List<String> words = List.of(
                "on",
                "create",
                "delete",
                "*",
                ",",
                ":",
                ";",
                "\n",
                " ",
                "nth",
                "every",
                "first",
                "always",
                "chance",
                "0.5",
                "1",
                "-3",
                "seed",
                "timeout",
                "before",
                "after",
                "error",
                "\"",
                "text",
                "duplicate",
                "delay",
                "slow",
                "die",
                "5s",
                "10ms",
                "refuse",
                "quota",
                "#",
                "\u0000",
                "ä",
                "\t",
                "999999999999999999999h");
        long seed = 20260101L;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder script = new StringBuilder();
            int length = random.nextInt(24);
            for (int i = 0; i < length; i++) {
                script.append(words.get(random.nextInt(words.size()))).append(random.nextBoolean() ? " " : "");
            }
            try {
                FaultScript.parse(script.toString())
                        .forEach(rule -> assertThat(rule.operations()).isNotEmpty());
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage())
                        .as("seed %s, round %s, script %s", seed, round, script)
                        .startsWith("fault script, line ");
            }
        }
    }

    @Test
    void occasions_strike_the_calls_that_they_say() {
        assertThat(struck(new Occasion.Always(), 3)).containsExactly(1L, 2L, 3L);
        assertThat(struck(new Occasion.Nth(2), 5)).containsExactly(2L);
        assertThat(struck(new Occasion.Every(3), 9)).containsExactly(3L, 6L, 9L);
        assertThat(struck(new Occasion.First(2), 5)).containsExactly(1L, 2L);
        assertThat(struck(new Occasion.Chance(0, 1), 100)).isEmpty();
        assertThat(struck(new Occasion.Chance(1, 1), 100)).hasSize(100);
    }

    @Test
    void chance_strikes_about_as_often_as_it_says_and_the_same_calls_for_the_same_seed() {
        List<Long> struck = struck(new Occasion.Chance(0.1, 7), 10_000);
        assertThat(struck.size()).isBetween(900, 1100);
        assertThat(struck(new Occasion.Chance(0.1, 7), 10_000)).isEqualTo(struck);
        assertThat(struck(new Occasion.Chance(0.1, 8), 10_000)).isNotEqualTo(struck);
    }

    private static List<Long> struck(Occasion occasion, long calls) {
        return LongStream.rangeClosed(1, calls)
                .filter(occasion::strikes)
                .boxed()
                .toList();
    }
}
