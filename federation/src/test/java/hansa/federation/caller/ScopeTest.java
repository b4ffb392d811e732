package hansa.federation.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScopeTest {

    @ParameterizedTest
    @CsvSource({
        "*, machine.create, true",
        "*.*, machine.create, true",
        "machine.*, machine.create, true",
        "machine.*, volume.create, false",
        "*.read, volume.read, true",
        "*.read, volume.list, false",
        "*.read *.list, volume.list, true",
        "machine.create, machine.create, true",
        "machine.create, machine.create-all, false",
    })
    void a_pattern_stands_for_whole_parts(String scope, String action, boolean allowed) {
        assertThat(Scope.parse(scope).allows(action)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "*, *, true",
        "*, machine.*, true",
        "*.*, *, true",
        "machine.*, machine.read, true",
        "machine.*, machine.*, true",
        "machine.*, *.read, false",
        "machine.read, machine.*, false",
        "*.read, *, false",
        "*.read *.list, machine.read machine.list, true",
        "*.read, machine.read machine.list, false",
    })
    void no_scope_covers_more_than_it_allows(String wide, String narrow, boolean covered) {
        assertThat(Scope.parse(wide).covers(Scope.parse(narrow))).isEqualTo(covered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "machine", "machine.", ".read", "**", "machine.read.all", "Machine.read", "machine.read,*"})
    void what_is_no_pattern_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Scope.parse(text));
    }

    @Test
    void patterns_may_stand_twice_but_not_without_end() {
        assertThat(Scope.parse("*.read *.read")).hasToString("*.read");
        String many = IntStream.range(0, 33)
                .mapToObj(i -> "a" + "b".repeat(i) + ".read")
                .collect(Collectors.joining(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> Scope.parse(many));
    }
}
