package hansa.protocols.voms;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever comes in, a reader answers with a value or with a complaint of one line. Runs its seeds unless JAZZER_FUZZ=1. */
class VomsFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void attributeCertificate(byte[] der) {
        oneLine(() -> SignedAttributeCertificate.read(der));
    }

    @FuzzTest(maxDuration = "20s")
    void extension(byte[] der) {
        oneLine(() -> VomsExtension.read(der));
    }

    @FuzzTest(maxDuration = "20s")
    void answer(byte[] xml) {
        oneLine(() -> VomsAnswer.read(xml));
    }

    @FuzzTest(maxDuration = "20s")
    void lsc(byte[] text) {
        oneLine(() -> Lsc.parse(new String(text, StandardCharsets.UTF_8)));
        oneLine(() -> VomsesEntry.parseAll(new String(text, StandardCharsets.UTF_8)));
    }

    @FunctionalInterface
    private interface Reading {
        Object run() throws VomsSyntaxException;
    }

    private static void oneLine(Reading reading) {
        try {
            reading.run();
        } catch (VomsSyntaxException e) {
            if (e.getMessage() == null
                    || e.getMessage().isEmpty()
                    || e.getMessage().indexOf('\n') >= 0) {
                throw new AssertionError("Not one line: " + e.getMessage(), e);
            }
        }
    }
}
