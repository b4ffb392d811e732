package hansa.protocols.aarc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

final class EntitlementFuzzTest {

    /** Whatever is read is written so that it reads the same. */
    @FuzzTest(maxDuration = "30s")
    void readsOrRefuses(byte[] input) {
        try {
            Entitlement read = Entitlement.parse(new String(input, StandardCharsets.UTF_8));
            String written = read.toString();
            if (written.length() <= Entitlement.MAX_LENGTH) {
                assertThat(Entitlement.parse(written)).isEqualTo(read);
            }
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageNotContaining("\n");
        }
    }
}
