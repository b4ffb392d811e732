package hansa.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.cli.client.Exit;
import hansa.cli.client.Json;
import hansa.cli.client.JsonText;
import hansa.cli.client.Terminal;
import hansa.federation.identity.LoginIssuer;
import hansa.federation.identity.Verifiers;
import hansa.trust.GroupRule;
import hansa.trust.tokens.ForeignTokens;
import hansa.trust.tokens.OidcSettings;
import hansa.trust.tokens.OidcSettings.Introspection;
import hansa.trust.tokens.OidcVerifier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the command to a node by way of an OpenID provider that is not ours; {@code peers/verify} starts it. */
@Tag("peer")
final class LoginPeerTest {

    private static final String VO = "vo.example.org";

    @TempDir
    Path folder;

    private final String issuer = required("HANSA_OIDC_ISSUER");
    private final Browser browser = new Browser();
    private Optional<ForeignTokens> tokens = Optional.empty();
    private Optional<LocalNode> node = Optional.empty();

    private static String required(String variable) {
        String value = System.getenv(variable);
        if (value == null || value.isBlank()) {
            throw new AssertionError(variable + " is not set; these tests are run by peers/verify");
        }
        return value;
    }

    @AfterEach
    void close() {
        node.ifPresent(LocalNode::close);
        tokens.ifPresent(ForeignTokens::close);
        browser.close();
    }

    private void start(String resource, Introspection introspection) {
        OidcSettings settings = new OidcSettings(
                issuer,
                Set.of(resource),
                Set.of("hansa-cli"),
                new GroupRule(Set.of(VO), Set.of("urn:mace:egi.eu"), Set.of("aai.egi.eu")),
                Optional.of("hansa-node"),
                Optional.of("a secret of tests alone"),
                introspection,
                false,
                "sub",
                "name",
                List.of("entitlements"),
                Duration.ofSeconds(30));
        ForeignTokens verifier = new ForeignTokens(
                List.of(new OidcVerifier(settings, Optional.empty(), Clock.systemUTC())), Optional.empty());
        tokens = Optional.of(verifier);
        LoginIssuer login = new LoginIssuer(
                "peer", issuer, "hansa-cli", List.of("openid", "profile", "offline_access"), Optional.of(resource));
        node = Optional.of(LocalNode.start(
                folder.resolve("hansa"),
                new Verifiers(
                        Optional.empty(), List.of(verifier), Optional.empty(), Optional.empty(), List.of(login))));
    }

    private Typed typed() {
        return Typed.at(folder).with("XDG_CONFIG_HOME", folder.resolve("config").toString());
    }

    /** The command asks while the person approves. */
    private void logIn(String user) throws Exception {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream shown = new PrintStream(err, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(shown, shown, false, false, typed().environment(), Clock.systemUTC());
        CompletableFuture<Exit> running = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> running.complete(new Hansa(terminal, new ByteArrayInputStream(new byte[0])).run("login")));
        Pattern address = Pattern.compile("or open (\\S+)");
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        address.matcher(err.toString(StandardCharsets.UTF_8)).find() || running.isDone());
        Matcher matcher = address.matcher(err.toString(StandardCharsets.UTF_8));
        assertThat(matcher.find()).as(err.toString(StandardCharsets.UTF_8)).isTrue();
        assertThat(browser.approve(matcher.group(1), user)).contains("Sign-in Success");
        assertThat(running.get()).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(Exit.OK);
    }

    private Json.Members whoami() {
        return JsonText.parse(typed().done("whoami --output json").getBytes(StandardCharsets.UTF_8))
                        instanceof Json.Members members
                ? members
                : new Json.Members(Map.of());
    }

    private String kept() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("config/hansa/logins"))) {
            Path file = files.filter(each -> each.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(file);
        }
    }

    @Test
    void a_person_logs_in_and_the_node_knows_their_groups() throws Exception {
        start("urn:hansa:node", Introspection.NEVER);
        logIn("ada");
        Json.Members caller = whoami();
        assertThat(caller.text("subject")).isEqualTo("ada");
        assertThat(caller.text("issuer")).isEqualTo(issuer);
        assertThat(caller.text("name")).isEqualTo("Somebody called ada");
        assertThat(caller.text("proof")).isEqualTo("oidc");
        assertThat(caller.text("vo")).isEqualTo(VO);
        assertThat(caller.items("groups"))
                .containsExactly(Json.of("/" + VO + "/cloud/Role=vm_operator"), Json.of("/" + VO));
        assertThat(caller.flag("operator")).isFalse();
        assertThat(caller.flag("renewable")).isTrue();
    }

    @Test
    void a_token_that_ends_soon_is_refreshed_by_the_next_command() throws Exception {
        start("urn:hansa:short", Introspection.NEVER);
        logIn("bob");
        String before = kept();
        assertThat(whoami().text("subject")).isEqualTo("bob");
        String after = kept();
        assertThat(after).isNotEqualTo(before);
        assertThat(whoami().text("subject")).isEqualTo("bob");
        assertThat(kept()).isNotEqualTo(after);
    }

    @Test
    void an_opaque_token_is_introspected() throws Exception {
        start("urn:hansa:opaque", Introspection.OPAQUE);
        logIn("cid");
        assertThat(whoami().text("subject")).isEqualTo("cid");
        assertThat(whoami().text("vo")).isEqualTo(VO);
        assertThat(kept()).doesNotContain("\"access\": \"eyJ");
    }

    @Test
    void after_logging_out_the_token_is_revoked_and_the_operator_is_back() throws Exception {
        start("urn:hansa:opaque", Introspection.OPAQUE);
        logIn("dot");
        String access = Pattern.compile("\"access\": \"([^\"]+)\"")
                .matcher(kept())
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        typed().done("logout");
        Typed.Result refused = typed().with("HANSA_TOKEN", access).run("whoami");
        assertThat(refused.exit()).isEqualTo(Exit.REFUSED);
        assertThat(refused.complaint()).contains("not accepted");
        assertThat(whoami().text("subject")).isEqualTo("operator");
    }

    @Test
    void a_key_that_the_provider_changes_to_is_known_at_once() throws Exception {
        start("urn:hansa:node", Introspection.NEVER);
        logIn("eve");
        assertThat(whoami().text("subject")).isEqualTo("eve");
        // The node has the keys now, and asks for them again not before ten seconds have passed: the login takes some.
        Process rotation = new ProcessBuilder(required("HANSA_PEERS") + "/oidc", "rotate")
                .inheritIO()
                .start();
        assertThat(rotation.waitFor()).isZero();
        logIn("fay");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                typed().run("whoami", "--output", "json").out())
                        .contains("fay"));
    }
}
