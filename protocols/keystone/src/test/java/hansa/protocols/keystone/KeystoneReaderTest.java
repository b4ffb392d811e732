package hansa.protocols.keystone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.protocols.keystone.AuthRequest.Named;
import hansa.protocols.keystone.AuthRequest.Proof;
import hansa.protocols.keystone.AuthRequest.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeystoneReaderTest {

    private static final String SAMPLE = """
            {"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"u","domain":{"id":"default"},
            "password":"p"}}},"scope":{"project":{"name":"p","domain":{"id":"default"}}}}}""";

    private final KeystoneReader reader = new KeystoneReader();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Named named(String name) {
        return new Named(Optional.empty(), Optional.of(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "\"true\""})
    void vomsMayBeTrueOrItsText(String value) throws Exception {
        assertThat(reader.readV2(bytes("{\"auth\":{\"voms\":" + value + ",\"tenantName\":\"vo\"}}")))
                .isEqualTo(new AuthRequest(new Proof.ClientCertificate(), new Scope.Project(named("vo"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "1", "\"yes\"", "{}"})
    void vomsIsNothingElse(String value) {
        assertThatThrownBy(() -> reader.readV2(bytes("{\"auth\":{\"voms\":" + value + "}}")))
                .isInstanceOf(KeystoneSyntaxException.class)
                .hasMessage("'auth.voms' is there and not true; send true, or leave it out.");
    }

    @Test
    void version2KnowsPasswordsAndTokens() throws Exception {
        assertThat(reader.readV2(bytes("{\"auth\":{\"passwordCredentials\":{\"username\":\"u\",\"password\":\"p\"}}}")))
                .isEqualTo(new AuthRequest(new Proof.Password(named("u"), "p"), new Scope.Unstated()));
        assertThat(reader.readV2(bytes("{\"auth\":{\"token\":{\"id\":\"t\"},\"tenantId\":\"7\"}}")))
                .isEqualTo(new AuthRequest(
                        new Proof.Token("t"), new Scope.Project(new Named(Optional.of("7"), Optional.empty()))));
    }

    @Test
    void version3KnowsPasswordsTokensAndCredentials() throws Exception {
        assertThat(reader.readV3(bytes(SAMPLE)))
                .isEqualTo(new AuthRequest(new Proof.Password(named("u"), "p"), new Scope.Project(named("p"))));
        assertThat(reader.readV3(bytes("""
                        {"auth":{"identity":{"methods":["token"],"token":{"id":"t"}},"scope":"unscoped"}}"""))).isEqualTo(new AuthRequest(new Proof.Token("t"), new Scope.Unscoped()));
        assertThat(reader.readV3(bytes("""
                        {"auth":{"identity":{"methods":["application_credential"],
                        "application_credential":{"id":"c","secret":"s"}}}}""")))
                .isEqualTo(new AuthRequest(
                        new Proof.ApplicationCredential(
                                new Named(Optional.of("c"), Optional.empty()), Optional.empty(), "s"),
                        new Scope.Unstated()));
        assertThat(reader.readV3(bytes("""
                        {"auth":{"identity":{"methods":["token"],"token":{"id":"t"}},"scope":{"system":{"all":true}}}}""")).scope()).isEqualTo(new Scope.Other("system"));
    }

    @Test
    void aCredentialMayEndAndClientsLeaveTheZoneOut() throws Exception {
        for (String end :
                new String[] {"2027-01-31T12:00:00.000000Z", "2027-01-31T12:00:00", "2027-01-31T13:00:00+01:00"}) {
            assertThat(reader.readApplicationCredential(
                            bytes("{\"application_credential\":{\"name\":\"n\",\"expires_at\":\"" + end + "\"}}")))
                    .isEqualTo(new ApplicationCredentialWish(
                            "n", Optional.empty(), Optional.of(Instant.parse("2027-01-31T12:00:00Z")), false));
        }
        assertThat(reader.readApplicationCredential(
                                bytes("{\"application_credential\":{\"name\":\"n\",\"description\":\"nightly\"}}"))
                        .description())
                .hasValue("nightly");
        assertThatThrownBy(() -> reader.readApplicationCredential(
                        bytes("{\"application_credential\":{\"name\":\"n\",\"secret\":\"mine\"}}")))
                .hasMessageContaining("cannot be chosen")
                .hasMessageNotContaining("mine");
    }

    @Test
    void whateverIsSentIsReadOrRefused() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] body = bytes(SAMPLE);
            for (int changes = random.nextInt(4) + 1; changes > 0; changes--) {
                body[random.nextInt(body.length)] = (byte) "{}[]\",:0ntx\u0000".charAt(random.nextInt(12));
            }
            try {
                assertThat(reader.readV3(body)).isNotNull();
            } catch (KeystoneSyntaxException refused) {
                assertThat(refused.getMessage()).as("seed %d", seed).isNotBlank();
            }
        }
    }
}
