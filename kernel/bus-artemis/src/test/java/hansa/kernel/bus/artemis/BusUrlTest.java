package hansa.kernel.bus.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BusUrlTest {

    private static final Optional<BusUrl.Login> ADA = Optional.of(new BusUrl.Login("ada", "se:c+r@t"));

    @Test
    void an_embedded_broker_listens_only_where_it_is_told_to() {
        assertThat(BusUrl.parse("artemis-embedded:")).isEqualTo(new BusUrl.Embedded(Optional.empty(), List.of()));
        assertThat(BusUrl.parse("artemis-embedded://ada:se:c+r%40t@local?acceptor=tcp://127.0.0.1:61616"))
                .isEqualTo(new BusUrl.Embedded(ADA, List.of("tcp://127.0.0.1:61616")));
    }

    @Test
    void a_remote_broker_is_read_from_each_way_of_writing_it() {
        BusUrl expected = new BusUrl.Remote("tcp://bus.example:61616?sslEnabled=true", ADA);
        assertThat(BusUrl.parse("artemis-core://ada:se:c+r%40t@bus.example:61616?sslEnabled=true"))
                .isEqualTo(expected);
        assertThat(BusUrl.parse("artemis-core tcp://ada:se:c+r%40t@bus.example:61616?sslEnabled=true"))
                .isEqualTo(expected);
        assertThat(expected.toString()).doesNotContain("se:c+r@t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "kafka://ada:secret@bus.example",
                "artemis-core:",
                "artemis-core://ada@bus.example:61616",
                "artemis-core://ada:secret%zz@bus.example:61616",
                "artemis-core://ada:sec ret@bus.example:61616",
                "artemis-embedded://local?acceptor=tcp://127.0.0.1:61616",
                "artemis-embedded://ada:secret@local?acceptor=vm://0",
                "artemis-embedded://ada:secret@local?security=off"
            })
    void everything_else_is_refused_without_repeating_it(String text) {
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> BusUrl.parse(text))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.ATTRIBUTE_INVALID);
                    assertThat(failure.text()).doesNotContain("secret", "\n");
                });
    }
}
