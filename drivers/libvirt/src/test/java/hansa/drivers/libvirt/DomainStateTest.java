package hansa.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.RemoteState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DomainStateTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1, false, RUNNING",
        "2, 0, false, RUNNING",
        "3, 1, false, PAUSED",
        "3, 3, false, BUSY",
        "3, 5, false, PAUSED",
        "3, 9, false, BUSY",
        "3, 10, false, FAILED",
        "3, 11, false, BUSY",
        "4, 1, false, BUSY",
        "5, 0, false, STOPPED",
        "5, 1, false, STOPPED",
        "5, 2, false, STOPPED",
        "5, 3, false, FAILED",
        "5, 6, false, FAILED",
        "5, 8, false, FAILED",
        "5, 5, true, SAVED",
        "5, 0, true, SAVED",
        "6, 0, false, FAILED",
        "7, 0, false, PAUSED",
        "99, 0, false, BUSY",
    })
    void states_of_libvirt_are_states_of_the_port(int state, int reason, boolean saved, RemoteState expected) {
        assertThat(DomainState.of(state, reason, saved).state()).isEqualTo(expected);
    }

    @Test
    void a_failure_says_why() {
        assertThat(DomainState.of(5, 3, false).message())
                .isEqualTo("the hypervisor ended unexpectedly; start the machine again");
    }
}
