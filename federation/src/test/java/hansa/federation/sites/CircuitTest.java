package hansa.federation.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class CircuitTest {

    private final Hand clock = new Hand();
    private final Circuit circuit = new Circuit(
            new CloudName("sim"), new CircuitSettings(10, Duration.ofSeconds(10), Duration.ofSeconds(60)), clock);

    private static final class Hand extends Clock {
        private Instant now = Instant.parse("2030-01-01T00:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private void fails(int times) {
        for (int i = 0; i < times; i++) {
            circuit.enter();
            circuit.unanswered(1, new CloudException.Unavailable("the line is dead"));
        }
    }

    private void answers(int times) {
        for (int i = 0; i < times; i++) {
            circuit.enter();
            circuit.answered(1);
        }
    }

    private void refuses() {
        assertThatThrownBy(circuit::enter)
                .isInstanceOf(CloudException.Unavailable.class)
                .hasMessage("it is left alone for a while, since it did not answer: the line is dead");
    }

    @Test
    void it_opens_after_as_many_calls_in_a_row_without_an_answer() {
        fails(4);
        assertThat(circuit.state()).isEqualTo(CloudEntry.Circuit.CLOSED);
        fails(1);
        assertThat(circuit.state()).isEqualTo(CloudEntry.Circuit.OPEN);
        refuses();
        assertThat(circuit.restsUntil().orElseThrow()).isBetween(clock.now.plusSeconds(7), clock.now.plusSeconds(13));
    }

    @Test
    void a_clock_that_is_set_back_does_not_prolong_the_rest() {
        fails(5);
        refuses();
        clock.pass(Duration.ofHours(-1));
        assertThat(circuit.state()).isEqualTo(CloudEntry.Circuit.HALF_OPEN);
        assertThat(circuit.restsUntil()).isEmpty();
        answers(1);
        assertThat(circuit.state()).isEqualTo(CloudEntry.Circuit.CLOSED);
    }

    @Test
    void a_clock_that_is_set_forward_ends_the_rest() {
        fails(5);
        clock.pass(Duration.ofDays(1));
        answers(1);
        assertThat(circuit.state()).isEqualTo(CloudEntry.Circuit.CLOSED);
    }

    @Test
    void it_opens_when_half_of_the_last_calls_had_no_answer_and_not_before() {
        answers(100);
        fails(4);
        answers(1);
        assertThat(circuit.state()).isEqualTo(CloudEntry.Circuit.CLOSED);
        fails(1);
        assertThat(circuit.state()).isEqualTo(CloudEntry.Circuit.OPEN);
    }

    @Test
    void a_refusal_is_told_with_how_long_the_rest_still_is() {
        fails(5);
        Duration rest = Duration.between(clock.now, circuit.restsUntil().orElseThrow());
        clock.pass(Duration.ofSeconds(3));
        assertThatThrownBy(circuit::enter)
                .isInstanceOfSatisfying(
                        CloudException.Unavailable.class,
                        e -> assertThat(e.retryAfter()).contains(rest.minusSeconds(3)));
    }

    @Test
    void after_the_rest_one_call_is_a_probe_and_its_answer_closes_the_circuit() {
        fails(5);
        clock.pass(Duration.ofSeconds(14));
        assertThat(circuit.state()).isEqualTo(CloudEntry.Circuit.HALF_OPEN);
        circuit.enter();
        refuses();
        circuit.answered(1);
        assertThat(circuit.state()).isEqualTo(CloudEntry.Circuit.CLOSED);
        answers(3);
    }

    @Test
    void a_probe_without_an_answer_doubles_the_rest_up_to_its_bound() {
        fails(5);
        clock.pass(Duration.ofSeconds(14));
        fails(1);
        assertThat(Duration.between(clock.now, circuit.restsUntil().orElseThrow()))
                .isBetween(Duration.ofSeconds(14), Duration.ofSeconds(26));
        for (int i = 0; i < 10; i++) {
            clock.pass(Duration.ofSeconds(100));
            fails(1);
        }
        assertThat(Duration.between(clock.now, circuit.restsUntil().orElseThrow()))
                .isLessThanOrEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void a_probe_of_which_nothing_is_known_leaves_its_place_to_another() {
        fails(5);
        clock.pass(Duration.ofSeconds(14));
        circuit.enter();
        circuit.unknown();
        assertThatCode(circuit::enter).doesNotThrowAnyException();
    }

    @Test
    void a_cloud_that_says_when_to_come_back_is_given_that_time_at_once() {
        circuit.enter();
        circuit.unanswered(1, new CloudException.Unavailable("the line is dead", Duration.ofSeconds(42)));
        assertThat(circuit.restsUntil()).contains(clock.now.plusSeconds(42));
        refuses();
        clock.pass(Duration.ofSeconds(43));
        answers(1);
        assertThat(circuit.state()).isEqualTo(CloudEntry.Circuit.CLOSED);
    }

    @Test
    void nobody_is_given_more_than_ten_minutes() {
        circuit.enter();
        circuit.unanswered(1, new CloudException.Unavailable("the line is dead", Duration.ofDays(10)));
        assertThat(circuit.restsUntil()).contains(clock.now.plus(Duration.ofMinutes(10)));
    }
}
