package hansa.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final List<Setting> KNOWN = List.of(
            new Setting("uri", Setting.Type.TEXT, "Where the cloud is.", Optional.empty()),
            new Setting("time-limit", Setting.Type.DURATION, "For one call.", Optional.of("30s")),
            new Setting("machines", Setting.Type.NUMBER, "How many at most.", Optional.of("10")),
            new Setting("quiet", Setting.Type.BOOLEAN, "Whether to log less.", Optional.of("false")));

    @Test
    void aKeyThatIsNotSetHasItsFallback() {
        Settings settings = Settings.of(KNOWN, Map.of("uri", "x:"));
        assertThat(settings.text("uri")).isEqualTo("x:");
        assertThat(settings.duration("time-limit")).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.number("machines")).isEqualTo(10);
        assertThat(settings.flag("quiet")).isFalse();
    }

    @Test
    void aRequiredKeyThatIsMissingIsNamedWithItsMeaning() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(KNOWN, Map.of()))
                .withMessage("'uri' is required: Where the cloud is.");
    }

    @Test
    void anUnknownKeyIsRefusedWithTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(KNOWN, Map.of("uri", "x:", "url", "y:")))
                .withMessage("'url' is not a key of this driver; it knows machines, quiet, time-limit, uri");
    }

    @ParameterizedTest
    @CsvSource({
        "machines,many",
        "machines,1e3",
        "machines,''",
        "quiet,yes",
        "time-limit,30",
        "time-limit,soon",
        "time-limit,P",
        "time-limit,PTS"
    })
    void aTextThatDoesNotFitItsTypeIsRefused(String key, String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(KNOWN, Map.of("uri", "x:", key, text)))
                .withMessageStartingWith("'" + key + "' is not a ")
                .withMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({"250ms,PT0.25S", "10s,PT10S", "5m,PT5M", "2h,PT2H", "1d,PT24H", "PT1M30S,PT1M30S"})
    void durationsAreReadInBothNotations(String text, Duration expected) {
        assertThat(Settings.of(KNOWN, Map.of("uri", "x:", "time-limit", text)).duration("time-limit"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "A", "1sim", "a_b", "-a", "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklm"
            })
    void aCloudsNameIsASimpleWord(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new CloudName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "UPPER", "a b", "a/b", "ä"})
    void aTokenIsSafeInEveryCloudsNames(String token) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Token(token));
    }

    @Test
    void userDataBeyondItsLimitIsRefused() {
        Bytes large = Bytes.of(new byte[BootContext.MAX_USER_DATA + 1]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BootContext(Optional.empty(), Optional.of(large), List.of()))
                .withMessage("user data has at most 65536 bytes, not 65537");
    }

    @Test
    void bytesDoNotShowWhatTheyHold() {
        assertThat(Bytes.utf8("secret")).hasToString("6 bytes").isEqualTo(Bytes.utf8("secret"));
    }
}
