package hansa.protocols.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.protocols.sigv4.HttpMessage.Pair;
import hansa.protocols.sigv4.Verifier.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors that AWS published, signed and checked. */
final class AwsVectorsTest {

    private static final Instant TIME = Instant.parse("2015-08-30T12:36:00Z");
    private static final Scope SCOPE = new Scope(LocalDate.of(2015, 8, 30), "us-east-1", "service");
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private record Vector(String name, HttpMessage message, List<String> signed, String hash, String signature) {

        static Vector read(String line) {
            String[] parts = line.split("\t", -1);
            return new Vector(
                    parts[0],
                    new HttpMessage(
                            parts[1],
                            parts[2],
                            pairs(parts[3], "&", "="),
                            pairs(parts[4], " \\| ", ":"),
                            parts[5].getBytes(StandardCharsets.UTF_8)),
                    List.of(parts[6].split(";")),
                    parts[7],
                    parts[8]);
        }

        private static List<Pair> pairs(String text, String between, String middle) {
            return Stream.of(text.split(between))
                    .filter(one -> !one.isEmpty())
                    .map(one -> one.split(middle, 2))
                    .map(one -> new Pair(one[0], one[1]))
                    .toList();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Vector> vectors() throws IOException {
        try (InputStream file = Objects.requireNonNull(AwsVectorsTest.class.getResourceAsStream("aws-vectors.tsv"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Vector::read)
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void isSignedAsAwsSignsIt(Vector vector) throws SigV4SyntaxException {
        CanonicalRequest canonical = CanonicalRequest.of(vector.message(), vector.signed(), PathRule.NORMALISED);
        String toSign = canonical.stringToSign(TIME, SCOPE);
        assertThat(toSign).endsWith("\n" + vector.hash());
        assertThat(SigningKey.of(SECRET, SCOPE).sign(toSign)).isEqualTo(vector.signature());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void isFoundGenuineAndWithAnotherSecretWrong(Vector vector) throws SigV4SyntaxException {
        String header = new Authorization(
                        "AKIDEXAMPLE", SCOPE, TIME, vector.signed(), vector.signature(), Optional.empty())
                .header();
        HttpMessage plain = vector.message();
        HttpMessage message = new HttpMessage(
                plain.method(),
                plain.path(),
                plain.query(),
                Stream.concat(plain.headers().stream(), Stream.of(new Pair("authorization", header)))
                        .toList(),
                plain.payloadHash());
        Authorization authorization = Authorization.of(message).orElseThrow();
        assertThat(authorization.accessKey()).isEqualTo("AKIDEXAMPLE");
        Verifier verifier = new Verifier("us-east-1", "service", Duration.ofMinutes(5), PathRule.NORMALISED);
        assertThat(verifier.check(message, authorization, SECRET, TIME)).isEqualTo(Verdict.GENUINE);
        assertThat(verifier.check(message, authorization, SECRET + "x", TIME)).isEqualTo(Verdict.WRONG);
    }
}
