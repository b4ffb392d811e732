package hansa.protocols.keystone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every document as it is written, member by member. */
final class GoldenTest {

    private static final String ROOT = "https://cloud.example.org:8443";
    private static final Instant ISSUED = Instant.parse("2026-11-25T12:00:00.000001Z");
    private static final Token.Facts SCOPED = new Token.Facts(
            List.of("password"),
            "u1",
            "ada",
            "a1",
            ISSUED,
            ISSUED.plusSeconds(3600),
            Optional.of(new Token.Ref("p1", "vo.example")),
            List.of(new Token.Ref("r1", "member")),
            List.of(Service.at("s1", "occi", "hansa", "here", ROOT + "/occi")));
    private static final Token.Facts UNSCOPED = new Token.Facts(
            List.of("token"),
            "u1",
            "ada",
            "a2",
            ISSUED,
            ISSUED.plusSeconds(3600),
            Optional.empty(),
            List.of(),
            SCOPED.catalogue());

    private record Written(String file, Record document) {
        @Override
        public String toString() {
            return file;
        }
    }

    private static Stream<Written> documents() {
        ApplicationCredential credential = ApplicationCredential.of(
                "c1",
                "robot",
                Optional.of("nightly"),
                Optional.of("p1"),
                Optional.empty(),
                false,
                SCOPED.roles(),
                ROOT + "/v3/users/u1/…/c1");
        return Stream.of(
                new Written("versions.json", Versions.Many.at(ROOT)),
                new Written("version-2.json", new Versions.One(Versions.Version.v2(ROOT))),
                new Written("token-3-scoped.json", Token.V3.of(SCOPED, true)),
                new Written("token-3-without-catalogue.json", Token.V3.of(SCOPED, false)),
                new Written("token-3-unscoped.json", Token.V3.of(UNSCOPED, true)),
                new Written("token-2-scoped.json", Token.V2.of("hansa_1_2", SCOPED)),
                new Written("token-2-unscoped.json", Token.V2.of("hansa_1_2", UNSCOPED)),
                new Written("tenants.json", Project.Tenants.of(List.of(Project.Tenant.of("p1", "vo.example")))),
                new Written(
                        "projects.json",
                        Project.Many.of(
                                List.of(Project.of("p1", "vo.example", ROOT + "/v3")), ROOT + "/v3/auth/projects")),
                new Written("domains.json", Domain.Many.theDefault(ROOT + "/v3/auth/domains")),
                new Written("credential.json", new ApplicationCredential.One(credential.withSecret("hansa_c1_secret"))),
                new Written(
                        "credentials.json",
                        new ApplicationCredential.Many(List.of(credential), new Links(ROOT + "/v3/users/u1/…"))),
                new Written("user.json", new User.One(User.of("u1", "ada", ROOT + "/v3/users/u1"))),
                new Written("error.json", KeystoneError.of(401, "The credentials were not accepted.")));
    }

    private static JsonNode golden(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(GoldenTest.class.getResourceAsStream("golden/" + file), file)) {
            return JsonMapper.shared().readTree(in.readAllBytes());
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void isWrittenAsKeystoneWritesIt(Written written) throws IOException {
        JsonNode actual = JsonMapper.shared().readTree(new KeystoneWriter().bytes(written.document()));
        assertThat(actual.toPrettyString()).isEqualTo(golden(written.file()).toPrettyString());
    }

    @Test
    void noSecretIsInAText() {
        assertThat(Token.V2.of("hansa_1_hush", SCOPED).toString()).doesNotContain("hush");
        assertThat(new AuthRequest.Proof.Token("hush").toString()).doesNotContain("hush");
        assertThat(new AuthRequest.Proof.Password(new AuthRequest.Named(Optional.empty(), Optional.of("ada")), "hush")
                        .toString())
                .doesNotContain("hush");
    }
}
