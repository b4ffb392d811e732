package hansa.kernel.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventsTest {

    private static final Event EVENT = new Event(
            "e1", "hansa.machine.created", "m1", Instant.parse("2026-11-21T12:00:00.123Z"), "{\"state\":\"active\"}");

    @Test
    void an_event_is_written_as_the_specification_says() {
        assertThat(CloudEvents.toJson(EVENT, "/hansa/example"))
                .isEqualTo("{\"specversion\":\"1.0\",\"id\":\"e1\",\"source\":\"/hansa/example\","
                        + "\"type\":\"hansa.machine.created\",\"subject\":\"m1\",\"time\":\"2026-11-21T12:00:00.123Z\","
                        + "\"datacontenttype\":\"application/json\",\"data\":{\"state\":\"active\"}}");
    }

    @Test
    void any_order_any_extension_and_any_offset_are_read() {
        assertThat(CloudEvents.fromJson("""
                        {"data": {"state": "active"}, "traceparent": "00-1", "time": "2026-11-21T13:00:00.123+01:00",
                         "subject": "m1", "type": "hansa.machine.created", "source": "/x", "id": "e1", "specversion": "1.0"}""")).isEqualTo(EVENT);
    }

    @Test
    void what_is_written_is_read_back_whatever_it_holds() {
        long seed = new SplittableRandom().nextLong();
        RandomGenerator random = new SplittableRandom(seed);
        for (int i = 0; i < 1_000; i++) {
            Event event = new Event(
                    "i" + text(random),
                    "t" + text(random),
                    "s" + text(random),
                    Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L)),
                    "{\"n\":" + random.nextInt() + ",\"d\":1.50,\"list\":[null,true,{}]}");
            assertThat(CloudEvents.fromJson(CloudEvents.toJson(event, "/hansa")))
                    .as("seed %d", seed)
                    .isEqualTo(event);
        }
    }

    private static String text(RandomGenerator random) {
        return random.ints(random.nextInt(12), 0, 0xd800)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{} {}",
                "{}",
                "{\"specversion\":\"0.3\",\"id\":\"1\",\"type\":\"t\",\"subject\":\"s\",\"data\":{}}",
                "{\"specversion\":\"1.0\",\"id\":\"\",\"type\":\"t\",\"subject\":\"s\",\"data\":{}}",
                "{\"specversion\":\"1.0\",\"id\":1,\"type\":\"t\",\"subject\":\"s\",\"data\":{}}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\",\"data\":{}}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\",\"subject\":\"s\",\"data\":\"text\"}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\",\"subject\":\"s\",\"time\":\"today\",\"data\":{}}"
            })
    void what_is_no_event_is_refused_in_one_line(String text) {
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> CloudEvents.fromJson(text))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.REQUEST_MALFORMED);
                    assertThat(failure.text()).doesNotContain("\n");
                });
    }

    @Test
    void a_deep_or_a_large_text_is_refused() {
        assertThatExceptionOfType(Failure.class).isThrownBy(() -> CloudEvents.fromJson("{\"data\":".repeat(100_000)));
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> CloudEvents.fromJson(" ".repeat(CloudEvents.LIMIT + 1)))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.REQUEST_TOO_LARGE));
    }
}
