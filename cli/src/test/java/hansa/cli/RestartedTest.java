package hansa.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import hansa.cli.client.Json;
import hansa.cli.client.JsonText;
import hansa.cli.client.Refusal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What {@code vm restart --wait} takes for the end of its waiting. */
class RestartedTest {

    private static Json.Members vm(String times, String message) {
        String text =
                "{\"id\":\"1\",\"title\":\"web\",\"state\":\"active\",\"message\":\"" + message + "\"" + times + "}";
        return (Json.Members) JsonText.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static final Json.Members ASKED =
            vm(",\"restartAsked\":\"2026-11-25T10:00:00Z\",\"restarted\":\"2026-11-24T10:00:00Z\"", "");

    @Test
    void anActiveMachineIsNotRestartedUntilTheNodeSaysSo() {
        assertThat(VmCommands.isRestarted(ASKED, ASKED)).isFalse();
        assertThat(VmCommands.isRestarted(ASKED, vm(",\"restarted\":\"2026-11-25T10:00:09Z\"", "")))
                .isTrue();
    }

    @Test
    void aRestartThatWasGivenUpIsAFailureWithItsReason() {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> VmCommands.isRestarted(
                        ASKED, vm(",\"restarted\":\"2026-11-24T10:00:00Z\"", "It could not be restarted: no button.")))
                .satisfies(refusal -> assertThat(refusal.line())
                        .isEqualTo("vm web was not restarted: It could not be restarted: no button."));
    }

    @Test
    void anotherWishInBetweenIsSaid() {
        String other = ",\"restartAsked\":\"2026-11-25T10:00:05Z\",\"restarted\":\"2026-11-24T10:00:00Z\"";
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> VmCommands.isRestarted(ASKED, vm(other, "")))
                .satisfies(refusal -> assertThat(refusal.line())
                        .isEqualTo("vm web was not restarted: something else was asked of it in the meantime"));
    }
}
