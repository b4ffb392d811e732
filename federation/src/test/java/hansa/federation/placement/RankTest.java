package hansa.federation.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RankTest {

    private static final Given ALPHA = Given.of(Map.of("CLOUD", "alpha", "FREE_CPU", 8));

    private static double rank(String text) {
        return Rank.compile(text, Given.shape()).of(ALPHA);
    }

    @ParameterizedTest
    @CsvSource({
        "FREE_CPU, 8",
        "-FREE_CPU, -8",
        "free_cpu * 2 - 3, 13",
        "2 + 3 * 4, 14",
        "(2 + 3) * 4, 20",
        "8 - 4 - 2, 2",
        "16 / 4 / 2, 2",
        "- - 3, 3",
        "2 * -3, -6",
        "PRICE, 0",
        "CLOUD, 0",
        "FREE_CPU / PRICE, 0",
        "0 / 0 + 5, 5",
        "'', 0",
    })
    void counts(String text, double expected) {
        assertThat(rank(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "FREE_CPU +; 11; an attribute or a number is expected, not the end",
                "FREE_CPU 2; 10; one of + - * / or the end",
                "FREE_MEM; 1; no cloud has an attribute 'FREE_MEM'",
                "PRIZE * 2; 1; did you mean PRICE?",
                "FEATURES; 1; is a list",
                "(1 + 2; 7; is expected for the '(' at character 1",
            })
    void what_is_wrong_is_told_with_its_place(String text, int at, String advice) {
        assertThatThrownBy(() -> rank(text))
                .hasMessageContaining("The rank is wrong at character " + at + ":")
                .hasMessageContaining(advice);
    }

    @Test
    void depth_and_number_of_parts_are_bounded() {
        assertThatThrownBy(() -> rank("-".repeat(33) + "1")).hasMessageContaining("nested");
        assertThatThrownBy(() -> rank("(".repeat(33) + "1")).hasMessageContaining("nested");
        assertThat(rank("1+".repeat(255) + "1")).isEqualTo(256);
        assertThatThrownBy(() -> rank("1+".repeat(256) + "1")).hasMessageContaining("more than 256 parts");
    }
}
