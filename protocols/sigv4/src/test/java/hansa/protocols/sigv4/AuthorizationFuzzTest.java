package hansa.protocols.sigv4;

import com.code_intelligence.jazzer.junit.FuzzTest;
import hansa.protocols.sigv4.HttpMessage.Pair;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whatever a request carries for a signature is read, refused in one line, or found wrong. Runs its seeds unless JAZZER_FUZZ=1. */
class AuthorizationFuzzTest {

    private static final Verifier VERIFIER = new Verifier("r", "ec2", Duration.ofMinutes(5), PathRule.NORMALISED);

    @FuzzTest(maxDuration = "20s")
    void header(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        HttpMessage message = new HttpMessage(
                "POST",
                "/" + text,
                List.of(new Pair(text, text)),
                List.of(
                        new Pair("Host", "h"),
                        new Pair("X-Amz-Date", "20150830T123600Z"),
                        new Pair("Authorization", text)),
                bytes);
        try {
            Optional<Authorization> authorization = Authorization.of(message);
            if (authorization.isPresent()
                    && VERIFIER.check(message, authorization.get(), "secret", Instant.EPOCH)
                            == Verifier.Verdict.GENUINE) {
                throw new AssertionError("Genuine by chance: " + text);
            }
        } catch (SigV4SyntaxException e) {
            if (String.valueOf(e.getMessage()).indexOf('\n') >= 0) {
                throw new AssertionError("Not one line: " + e.getMessage(), e);
            }
        }
    }
}
