package hansa.federation.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.kernel.base.Failure;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequirementTest {

    private static final Given ALPHA =
            Given.of(Map.of("CLOUD", "alpha-1", "COUNTRY", "SE", "FREE_CPU", 8, "FEATURES", Set.of("gpu", "ipv6")));

    private static boolean holds(String text) {
        return Requirement.compile(text, Given.shape()).holds(ALPHA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "CLOUD = \"alpha-1\"",
                "cloud=\"alpha*\"",
                "CLOUD = \"alpha-[0-9]\" & FREE_CPU > 4 & !(COUNTRY = \"US\")",
                "CLOUD = \"a?pha-1\" | FREE_CPU > 100",
                "CLOUD != \"beta*\"",
                "FREE_CPU = 8 & FREE_CPU != 7.5 & FREE_CPU >= 8 & FREE_CPU <= 8 & FREE_CPU < 8.1 & FREE_CPU > -1",
                "FREE_CPU = \"8\"",
                "FEATURES @> \"g*\" & !FEATURES @> \"sev\"",
                "(COUNTRY = \"SE\" | COUNTRY = \"NO\") & FREE_CPU > 1",
                "!!COUNTRY = \"SE\"",
            })
    void holds_where_it_should(String text) {
        assertThat(holds(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CLOUD = \"alpha\"",
                "CLOUD = \"[!a]*\"",
                "FREE_CPU > 8",
                "COUNTRY = \"se\"",
                "FEATURES @> \"h*\"",
                "!(COUNTRY = \"SE\") | FREE_CPU < 8",
            })
    void does_not_hold_where_it_should_not(String text) {
        assertThat(holds(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRICE = 0", "PRICE != 0", "PRICE > 0", "PRICE < 0", "PRICE >= 0", "PRICE <= 0"})
    void a_missing_attribute_makes_every_comparison_false(String text) {
        assertThat(holds(text)).isFalse();
        assertThat(holds("!" + text)).isTrue();
    }

    @Test
    void missing_texts_and_lists_compare_as_false() {
        Given nothing = Given.of(Map.of());
        for (String text : new String[] {"CLOUD = \"*\"", "CLOUD != \"x\"", "FEATURES @> \"gpu\""}) {
            assertThat(Requirement.compile(text, Given.shape()).holds(nothing)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "FREE_CPUS > 4; 1; did you mean FREE_CPU?",
                "FREE_CPU > 4 & COUNTY = \"SE\"; 16; did you mean COUNTRY?",
                "FREE_CPU >; 11; a number or a text in quotes is expected, not the end.",
                "FREE_CPU 4; 10; one of = != < > <= >= @> is expected",
                "FREE_CPU > many; 12; a number or a text in quotes is expected",
                "FREE_CPU > \"many\"; 12; is no number",
                "FREE_CPU > 1.2.3; 12; is no number",
                "(FREE_CPU > 4; 14; ')' is expected for the '(' at character 1",
                "FREE_CPU > 4 ); 14; '&', '|' or the end is expected",
                "CLOUD = \"alpha; 9; does not end",
                "CLOUD > \"alpha\"; 9; = and != only",
                "FEATURES = \"gpu\"; 12; with '@>'",
                "CLOUD @> \"gpu\"; 7; is a text and not a list",
                "FREE_CPU > 1 & CLOUD = \"x\" | PRICE < 3; 28; '&' and '|' are mixed",
                "FREE_CPU % 2; 10; means nothing here",
                "& FREE_CPU > 1; 1; an attribute is expected, not '&'",
            })
    void what_is_wrong_is_told_with_its_place(String text, String at, String advice) {
        assertThatThrownBy(() -> holds(text))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("at character " + at + ":")
                .hasMessageContaining(advice);
    }

    @Test
    void length_depth_and_number_of_parts_are_bounded() {
        assertThat(holds("(".repeat(32) + "FREE_CPU = 8" + ")".repeat(32))).isTrue();
        assertThatThrownBy(() -> holds("(".repeat(33) + "FREE_CPU = 8" + ")".repeat(33)))
                .hasMessageContaining("at character 33: it is nested more than 32 deep");
        assertThatThrownBy(() -> holds("!".repeat(4000) + "FREE_CPU = 8")).hasMessageContaining("nested");
        assertThatThrownBy(() -> holds(" ".repeat(5000))).hasMessageContaining("4096 are allowed");
        assertThat(holds("PRICE=1|".repeat(255) + "FREE_CPU=8")).isTrue();
        assertThatThrownBy(() -> holds("PRICE=1|".repeat(256) + "FREE_CPU=8"))
                .hasMessageContaining("more than 256 parts");
        assertThatThrownBy(() -> holds("CLOUD = \"" + "x".repeat(257) + "\"")).hasMessageContaining("256 characters");
        assertThatThrownBy(() -> holds("X".repeat(4000) + " = 1"))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }
}
