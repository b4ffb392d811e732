package hansa.federation.sites;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.CloudName;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CloudClockTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration CALL = Duration.ofSeconds(10);

    private final CloudClock clock = new CloudClock(new CloudName("sim"));

    private void made(Duration off) {
        clock.made(NOW, NOW.plus(off), NOW.plus(CALL));
    }

    @Test
    void what_is_made_in_the_future_is_made_by_a_clock_that_is_ahead() {
        made(Duration.ofHours(3).plus(CALL));
        assertThat(clock.skew()).contains(Duration.ofHours(3));
        made(Duration.ofSeconds(5));
        assertThat(clock.skew()).isEmpty();
    }

    @Test
    void what_was_made_in_the_past_is_believed_when_two_say_the_same() {
        made(Duration.ofHours(-3));
        assertThat(clock.skew()).as("an earlier call may have made it").isEmpty();
        made(Duration.ofHours(-3).plusSeconds(30));
        assertThat(clock.skew()).contains(Duration.ofHours(-3).plusSeconds(30));
        made(Duration.ofHours(-1));
        assertThat(clock.skew())
                .as("one that says otherwise")
                .contains(Duration.ofHours(-3).plusSeconds(30));
    }

    @Test
    void a_little_is_not_worth_a_word_and_clouds_that_do_not_tell_say_nothing() {
        made(Duration.ofSeconds(119));
        made(Duration.ofSeconds(-119));
        made(Duration.ofSeconds(-119));
        assertThat(clock.skew()).isEmpty();
        clock.made(NOW, Instant.EPOCH, NOW);
        clock.made(NOW, Instant.EPOCH, NOW);
        assertThat(clock.skew()).isEmpty();
    }

    @Test
    void when_our_own_clock_is_set_back_meanwhile_nothing_is_said_of_the_cloud_s() {
        clock.made(NOW, NOW, NOW.minus(Duration.ofHours(1)));
        assertThat(clock.skew()).isEmpty();
    }

    @Test
    void the_words_say_how_much_and_which_way() {
        assertThat(CloudClock.words(Duration.ofMinutes(7))).isEqualTo("its clock is 7 min ahead of ours");
        assertThat(CloudClock.words(Duration.ofMinutes(-200))).isEqualTo("its clock is 3 h 20 min behind ours");
        assertThat(CloudClock.words(Duration.ofDays(400))).isEqualTo("its clock is 400 days ahead of ours");
    }
}
