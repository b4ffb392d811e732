package hansa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cli.client.Exit;
import hansa.federation.identity.Verifiers;
import hansa.trust.Evidence;
import hansa.trust.Rejected;
import hansa.trust.SamlVerifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SamlLoginTest {

    private static final SamlVerifier KNOWS_ONE = (document, _) -> {
        if (!new String(document, StandardCharsets.UTF_8).equals("<good/>")) {
            throw new Rejected(Rejected.Reason.SIGNATURE, "not the one");
        }
        return new Evidence(
                Evidence.Kind.SAML,
                "https://idp.example.org",
                "user1",
                "A User",
                List.of(),
                Map.of(),
                Optional.empty(),
                Instant.now().plusSeconds(600));
    };

    @TempDir
    Path folder;

    private Typed.Result hansa(LocalNode node, String... words) {
        return Typed.inAPipe()
                .with("XDG_CONFIG_HOME", folder.resolve("home").toString())
                .with("HANSA_ENDPOINT", node.endpoint().toString())
                .with("HANSA_CA", node.data().resolve("tls/ca.pem").toString())
                .run(words);
    }

    @Test
    void anAssertionIsAllThatIsNeeded() throws IOException {
        Path good = Files.writeString(folder.resolve("good.xml"), "<good/>");
        Path bad = Files.writeString(folder.resolve("bad.xml"), "<bad/>");
        Verifiers verifiers =
                new Verifiers(Optional.empty(), List.of(), Optional.of(KNOWS_ONE), Optional.empty(), List.of());
        try (LocalNode node = LocalNode.start(folder.resolve("data"), verifiers)) {
            Typed.Result refused = hansa(node, "login", "--saml", bad.toString());
            assertThat(refused.exit()).isEqualTo(Exit.USAGE);
            assertThat(refused.complaint()).contains("The credentials were not accepted");

            Typed.Result result = hansa(node, "login", "--saml", good.toString());
            assertThat(result.exit()).as(result.err()).isEqualTo(Exit.OK);
            Typed.Result whoami = hansa(node, "whoami");
            assertThat(whoami.out()).contains("user1", "https://idp.example.org", "SAML", "until:");
        }
    }
}
