package hansa.protocols.voms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FqanTest {

    @ParameterizedTest
    @CsvSource({
        "/vo, /vo",
        "/vo/group, /vo/group",
        "/vo/Role=NULL/Capability=NULL, /vo",
        "/vo/Role=NULL, /vo",
        "/vo/group/Role=VMOperator/Capability=NULL, /vo/group/Role=VMOperator",
        "/vo.example.org/a-b/c_d/Role=r, /vo.example.org/a-b/c_d/Role=r",
        "/vo/Capability=NULL, /vo",
    })
    void every_form_has_one_normal_form(String text, String normal) {
        assertThat(Fqan.parse(text)).hasToString(normal);
        assertThat(Fqan.parse(normal)).isEqualTo(Fqan.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "vo",
                "//",
                "/vo/",
                "/vo//group",
                "/vo/Role=",
                "/vo/Role=a/b",
                "/vo/gr oup",
                "/vo\n",
                "/v\u00f6"
            })
    void what_is_no_fqan_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Fqan.parse(text));
    }

    @Test
    void what_is_too_long_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Fqan.parse("/" + "a".repeat(Fqan.MAX_LENGTH)));
        assertThatIllegalArgumentException().isThrownBy(() -> Fqan.parse("/a".repeat(17)));
    }

    @Test
    void parts_can_be_asked_for() {
        Fqan fqan = Fqan.parse("/vo/group/sub/Role=manager");
        assertThat(fqan.vo()).isEqualTo("vo");
        assertThat(fqan.role()).isEqualTo(Optional.of("manager"));
        assertThat(fqan.hasRole("manager")).isTrue();
        assertThat(fqan.isWithin("/vo/group")).isTrue();
        assertThat(fqan.isWithin("/vo/gro")).isFalse();
    }
}
