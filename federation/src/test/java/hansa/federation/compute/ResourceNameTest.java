package hansa.federation.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ResourceNameTest {

    @Test
    void names_are_uuids_of_version_7() {
        UUID made = UUID.fromString(ResourceName.next());
        assertThat(made.version()).isEqualTo(7);
        assertThat(made.variant()).isEqualTo(2);
        assertThat(Stream.generate(ResourceName::next).limit(1000).distinct()).hasSize(1000);
    }

    @Test
    void what_the_clock_tells_apart_comes_in_order_within_a_millisecond_too() {
        String before = ResourceName.next();
        for (int i = 0; i < 1000; i++) {
            String after;
            do {
                after = ResourceName.next();
            } while (after.substring(0, 18).equals(before.substring(0, 18)));
            assertThat(after).isGreaterThan(before);
            before = after;
        }
    }
}
