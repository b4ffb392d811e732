package hansa.drivers.opennebula;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.RemoteState;
import hansa.protocols.opennebula.Element;
import hansa.protocols.opennebula.OpenNebulaSyntaxException;
import hansa.protocols.opennebula.VirtualMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatesTest {

    private static RemoteState state(int state, int lcm, boolean placed) throws OpenNebulaSyntaxException {
        String history = placed ? "<HISTORY_RECORDS><HISTORY/></HISTORY_RECORDS>" : "";
        return States.of(VirtualMachine.of(
                Element.read("<VM><ID>1</ID><UID>2</UID><STATE>%d</STATE><LCM_STATE>%d</LCM_STATE>%s</VM>"
                        .formatted(state, lcm, history))));
    }

    /** The sequences that an OpenNebula 7.4.0 went through. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, BUILDING",
        "3, 1, BUILDING",
        "3, 2, BUILDING",
        "3, 3, RUNNING",
        "3, 6, BUSY",
        "5, 0, SAVED",
        "3, 21, BUSY",
        "3, 18, BUSY",
        "8, 0, STOPPED",
        "3, 20, BUSY",
        "3, 5, BUSY",
        "3, 10, BUSY",
        "4, 0, SAVED",
        "3, 22, BUSY",
        "3, 29, BUSY",
        "3, 30, BUSY",
        "9, 0, STOPPED",
        "3, 31, BUSY",
        "3, 32, BUSY",
        "3, 12, BUSY",
        "3, 11, BUSY",
        "6, 0, BUSY",
        "3, 36, FAILED",
        "3, 39, FAILED",
        "11, 0, FAILED",
        "2, 0, BUILDING",
        "3, 16, BUSY",
        "3, 24, BUSY",
        "3, 26, BUSY",
        "3, 57, BUSY",
        "3, 66, BUSY",
        "3, 69, BUSY",
        "3, 71, BUSY",
        "3, 61, FAILED"
    })
    void known_states_have_their_meaning(int state, int lcm, RemoteState meaning) throws OpenNebulaSyntaxException {
        assertThat(state(state, lcm, false)).isEqualTo(meaning);
    }

    @Test
    void states_that_are_not_known_are_busy() throws OpenNebulaSyntaxException {
        for (int gap : new int[] {13, 14, 55, 58, 72, 999}) {
            assertThat(state(3, gap, true)).isEqualTo(RemoteState.BUSY);
        }
        assertThat(state(7, 0, true)).isEqualTo(RemoteState.BUSY);
        assertThat(state(12, 0, true)).isEqualTo(RemoteState.BUSY);
    }

    @Test
    void a_machine_that_waits_for_a_host_again_is_not_built_again() throws OpenNebulaSyntaxException {
        assertThat(state(1, 0, true)).isEqualTo(RemoteState.BUSY);
    }
}
