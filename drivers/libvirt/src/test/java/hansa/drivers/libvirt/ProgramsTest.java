package hansa.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.CloudException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProgramsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static String run(Duration limit, String... command) {
        return Programs.run("try it", limit, Path.of("/"), List.of(command));
    }

    @Test
    void arguments_are_no_shell() {
        assertThat(run(LONG, "echo", "$HOME; `id` && x")).isEqualTo("$HOME; `id` && x\n");
    }

    @Test
    void a_program_that_fails_tells_its_last_line() {
        assertThatThrownBy(() -> run(LONG, "sh", "-c", "echo first; echo 'disk is odd' >&2; exit 3"))
                .isInstanceOf(CloudException.Unavailable.class)
                .hasMessage("try it: sh ended with 3: disk is odd");
    }

    @Test
    void a_missing_program_is_told_with_what_brings_it() {
        assertThatThrownBy(() -> run(LONG, "no-such-program-of-hansa"))
                .isInstanceOf(CloudException.Unavailable.class)
                .hasMessage(
                        "try it: the program no-such-program-of-hansa is missing on this machine; peers/install brings it");
    }

    @Test
    void a_program_that_takes_too_long_is_ended() {
        assertThatThrownBy(() -> run(Duration.ofMillis(200), "sleep", "600"))
                .isInstanceOf(CloudException.Unavailable.class)
                .hasMessageContaining("sleep was not done within");
    }

    @Test
    void output_is_bounded() {
        assertThat(run(LONG, "head", "-c", "1000000", "/dev/zero")).hasSize(256 * 1024);
    }

    @Test
    void a_full_disk_is_no_capacity() {
        assertThatThrownBy(() -> run(LONG, "sh", "-c", "echo 'write: No space left on device'; exit 1"))
                .isInstanceOf(CloudException.NoCapacity.class);
    }
}
