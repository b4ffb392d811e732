package hansa.protocols.voms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** What is written is read as it was; {@code -Dproperty.seed=…} runs a failed case again. */
final class RoundTripTest {

    @Test
    void whatever_is_written_is_read_as_it_was() throws Exception {
        long first = Long.getLong("property.seed", 20_260_101L);
        for (long seed = first; seed < first + 300; seed++) {
            MadeUp made =
                    new MadeUp(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
            List<SignedAttributeCertificate> written = new ArrayList<>();
            int number = made.chance().nextInt(1, 4);
            for (int i = 0; i < number; i++) {
                AttributeCertificate content = made.content();
                SignedAttributeCertificate signed = content.sign(MadeUp.constantSigner());
                assertThat(signed.content()).as("seed %d", seed).isEqualTo(content);
                written.add(signed);
            }
            List<SignedAttributeCertificate> read = VomsExtension.read(VomsExtension.encode(written));
            assertThat(read).as("seed %d", seed).isEqualTo(written);
            for (int i = 0; i < number; i++) {
                assertThat(read.get(i).content())
                        .as("seed %d", seed)
                        .isEqualTo(written.get(i).content());
            }
        }
    }

    @Test
    void a_change_of_any_one_byte_is_noticed_or_read_as_something_else() throws Exception {
        byte[] good = new MadeUp(RandomGeneratorFactory.of("L64X128MixRandom").create(7))
                .content()
                .sign(MadeUp.constantSigner())
                .encoded();
        SignedAttributeCertificate original = SignedAttributeCertificate.read(good);
        for (int i = 0; i < good.length; i++) {
            byte[] changed = good.clone();
            changed[i] ^= 0x15;
            try {
                assertThat(SignedAttributeCertificate.read(changed)).isNotEqualTo(original);
            } catch (VomsSyntaxException e) {
                assertThat(e.getMessage()).isNotEmpty().doesNotContain("\n");
            }
        }
    }
}
