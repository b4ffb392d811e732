package hansa.protocols.occi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.protocols.occi.extension.Infrastructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CategoryIdTest {
    @Test
    void schemeAndTermAreParted() {
        CategoryId id = CategoryId.parse("http://schemas.ogf.org/occi/infrastructure#compute");
        assertThat(id)
                .isEqualTo(Infrastructure.COMPUTE)
                .hasToString("http://schemas.ogf.org/occi/infrastructure#compute");
        assertThat(CategoryId.find("http://occi.example.org/os_tpl#uuid_Debian-12.0~rc1"))
                .map(CategoryId::term)
                .contains("uuid_Debian-12.0~rc1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "compute",
                "#compute",
                "http://x#",
                "http://x#a b",
                "http://x y#a",
                "http://x#a\n",
                "http://x\"#a",
                "http://x#a;b"
            })
    void whatCannotStandInARenderingIsNoIdentifier(String text) {
        assertThat(CategoryId.find(text)).isEmpty();
        assertThatThrownBy(() -> CategoryId.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
}
