package hansa.drivers.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ConsoleLogTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private static ConsoleLog log(String... looks) {
        ConsoleLog log = ConsoleLog.empty();
        for (String look : looks) {
            log = log.followedBy(look.getBytes(StandardCharsets.UTF_8), NOW);
        }
        return log;
    }

    private static String all(ConsoleLog log) {
        return log.read(0, 1024 * 1024).content().asUtf8();
    }

    @Test
    void a_look_that_overlaps_goes_on_and_one_that_does_not_is_added() {
        assertThat(all(log("abc", "abcdef"))).isEqualTo("abcdef");
        assertThat(all(log("abcdef", "defgh", "fghi"))).isEqualTo("abcdefghi");
        assertThat(all(log("aab", "aabaab"))).isEqualTo("aabaab");
        assertThat(all(log("boot 1", "start 2"))).isEqualTo("boot 1start 2");
        assertThat(all(log("abc", "", "abc"))).isEqualTo("abc");
    }

    @Test
    void offsets_stay_what_they_were() {
        ConsoleLog log = log("abcdef", "defgh");
        assertThat(log.read(6, 10).content().asUtf8()).isEqualTo("gh");
        assertThat(log.read(6, 1).next()).isEqualTo(7);
        assertThat(log.read(100, 10).content().size()).isZero();
        assertThat(log.read(100, 10).next()).isEqualTo(8);
    }

    @Test
    void a_window_that_slides_over_a_long_log_shows_all_of_it_and_keeps_the_end() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] whole = new byte[500_000];
        random.nextBytes(whole);
        ConsoleLog log = ConsoleLog.empty();
        int end = 0;
        while (end < whole.length) {
            end = Math.min(whole.length, end + 1 + random.nextInt(60_000));
            int begin = Math.max(0, end - 64 * 1024);
            log = log.followedBy(Arrays.copyOfRange(whole, begin, end), NOW);
        }
        assertThat(log.end()).as("seed %d", seed).isEqualTo(whole.length);
        assertThat(log.read(whole.length - 1000, 1000).content().toArray())
                .as("seed %d", seed)
                .isEqualTo(Arrays.copyOfRange(whole, whole.length - 1000, whole.length));
        assertThat(log.read(0, 10).next())
                .as("what is not kept any more is passed over")
                .isGreaterThan(10);
    }
}
