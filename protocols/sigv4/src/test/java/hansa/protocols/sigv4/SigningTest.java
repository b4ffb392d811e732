package hansa.protocols.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.protocols.sigv4.HttpMessage.Pair;
import hansa.protocols.sigv4.Verifier.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SigningTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Verifier VERIFIER =
            new Verifier("eu-central-1", "ec2", Duration.ofMinutes(5), PathRule.NORMALISED);
    private static final String FORM = "Action=DescribeRegions&Version=2016-11-15";

    private static HttpMessage post(String body) {
        return new HttpMessage(
                "POST",
                "/a%20b/",
                List.of(new Pair("x y", "ü")),
                List.of(
                        new Pair("Host", "127.0.0.1:8443"),
                        new Pair("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpMessage with(HttpMessage message, List<Pair> more) {
        List<Pair> headers = new ArrayList<>(message.headers());
        headers.addAll(more);
        return new HttpMessage(message.method(), message.path(), message.query(), headers, message.payloadHash());
    }

    private static HttpMessage signed(Optional<String> token) {
        Signer signer = new Signer("AKID", "secret", token, PathRule.NORMALISED);
        return with(post(FORM), signer.sign(post(FORM), "eu-central-1", "ec2", NOW));
    }

    private static Verdict verdict(HttpMessage message, Instant now) throws SigV4SyntaxException {
        return VERIFIER.check(message, Authorization.of(message).orElseThrow(), "secret", now);
    }

    @Test
    void what_is_signed_is_genuine_while_it_is_young() throws SigV4SyntaxException {
        HttpMessage message = signed(Optional.empty());
        assertThat(verdict(message, NOW)).isEqualTo(Verdict.GENUINE);
        assertThat(verdict(message, NOW.plusSeconds(300))).isEqualTo(Verdict.GENUINE);
        assertThat(verdict(message, NOW.plusSeconds(301))).isEqualTo(Verdict.EXPIRED);
        assertThat(verdict(message, NOW.minusSeconds(300))).isEqualTo(Verdict.GENUINE);
        assertThat(verdict(message, NOW.minusSeconds(301))).isEqualTo(Verdict.NOT_YET);
    }

    @Test
    void a_session_token_is_sent_and_signed() throws SigV4SyntaxException {
        HttpMessage message = signed(Optional.of("of+a/session=="));
        assertThat(message.header("x-amz-security-token")).contains("of+a/session==");
        assertThat(Authorization.of(message).orElseThrow().signedHeaders()).contains("x-amz-security-token");
        assertThat(verdict(message, NOW)).isEqualTo(Verdict.GENUINE);
    }

    @Test
    void whatever_is_changed_afterwards_makes_it_wrong() throws SigV4SyntaxException {
        HttpMessage message = signed(Optional.empty());
        HttpMessage otherBody =
                with(post(FORM + "&Owner.1=self"), message.headers().subList(2, 4));
        HttpMessage otherQuery =
                new HttpMessage("POST", message.path(), List.of(), message.headers(), message.payloadHash());
        HttpMessage otherPath = new HttpMessage("POST", "/", message.query(), message.headers(), message.payloadHash());
        for (HttpMessage changed : List.of(otherBody, otherQuery, otherPath)) {
            assertThat(verdict(changed, NOW)).isEqualTo(Verdict.WRONG);
        }
        Verifier elsewhere = new Verifier("eu-west-1", "ec2", Duration.ofMinutes(5), PathRule.NORMALISED);
        assertThat(elsewhere.check(message, Authorization.of(message).orElseThrow(), "secret", NOW))
                .isEqualTo(Verdict.WRONG);
    }

    @Test
    void a_presigned_query_is_good_for_its_lifetime() throws SigV4SyntaxException {
        Scope scope = new Scope(LocalDate.of(2026, 11, 25), "eu-central-1", "ec2");
        List<Pair> query = new ArrayList<>(List.of(
                new Pair("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
                new Pair("X-Amz-Credential", "AKID/" + scope),
                new Pair("X-Amz-Date", "20261125T120000Z"),
                new Pair("X-Amz-Expires", "3600"),
                new Pair("X-Amz-SignedHeaders", "host")));
        List<Pair> headers = List.of(new Pair("host", "ec2.example.org"));
        HttpMessage plain = new HttpMessage("GET", "/", query, headers, new byte[0]);
        String signature = SigningKey.of("secret", scope)
                .sign(CanonicalRequest.of(plain, List.of("host"), PathRule.NORMALISED)
                        .stringToSign(NOW, scope));
        query.add(new Pair("X-Amz-Signature", signature));
        HttpMessage message = new HttpMessage("GET", "/", query, headers, new byte[0]);
        assertThat(verdict(message, NOW.plusSeconds(3600))).isEqualTo(Verdict.GENUINE);
        assertThat(verdict(message, NOW.plusSeconds(3601))).isEqualTo(Verdict.EXPIRED);
    }

    @Test
    void a_path_is_normalised_or_left_as_the_service_wants_it() {
        assertThat(PathRule.NORMALISED.canonical("/a/./b//../c%20d/")).isEqualTo("/a/c%2520d/");
        assertThat(PathRule.AS_SENT.canonical("/a/./b//../c%20d/")).isEqualTo("/a/./b//../c%20d/");
        assertThat(PathRule.AS_SENT.canonical("")).isEqualTo("/");
    }

    @Test
    void a_request_without_signature_says_so_and_the_time_must_be_signed() throws SigV4SyntaxException {
        assertThat(Authorization.of(post(FORM))).isEmpty();
        HttpMessage message = signed(Optional.empty());
        Authorization whole = Authorization.of(message).orElseThrow();
        Authorization untimed = new Authorization(
                whole.accessKey(), whole.scope(), whole.time(), List.of("host"), whole.signature(), Optional.empty());
        assertThatThrownBy(() -> VERIFIER.check(message, untimed, "secret", NOW))
                .isInstanceOf(SigV4SyntaxException.class)
                .hasMessage("the header 'x-amz-date' must be signed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic YTpi",
                "AWS4-HMAC-SHA256 ",
                "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=00",
                "AWS4-HMAC-SHA256 Credential=/20150830/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=00",
                "AWS4-HMAC-SHA256 Credential=a/20159930/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature="
                        + "0000000000000000000000000000000000000000000000000000000000000000",
                "AWS4-HMAC-SHA256 Credential=a/20150830/us east/ec2/aws4_request, SignedHeaders=host, Signature="
                        + "0000000000000000000000000000000000000000000000000000000000000000",
                "AWS4-HMAC-SHA256 Credential=a, Credential=b, SignedHeaders=host",
                "AWS4-HMAC-SHA256 Credential=a/20150830/us-east-1/ec2/aws4_request, SignedHeaders=ho\nst, Signature="
                        + "0000000000000000000000000000000000000000000000000000000000000000"
            })
    void what_is_no_signature_is_refused(String header) {
        HttpMessage message = with(
                post(FORM), List.of(new Pair("Authorization", header), new Pair("X-Amz-Date", "20150830T123600Z")));
        assertThatThrownBy(() -> Authorization.of(message))
                .isInstanceOf(SigV4SyntaxException.class)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void secrets_are_not_in_texts() {
        Signer signer = new Signer("AKID", "top-secret", Optional.of("of-session"), PathRule.NORMALISED);
        assertThat(signer.toString()).isEqualTo("signer of AKID");
        assertThat(SigningKey.of("top-secret", new Scope(LocalDate.of(2026, 1, 2), "r", "ec2")))
                .hasToString("signing key for 20260102/r/ec2/aws4_request");
    }
}
