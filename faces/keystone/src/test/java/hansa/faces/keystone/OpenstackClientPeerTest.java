package hansa.faces.keystone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Debian's python3-openstackclient and keystoneauth sign in; {@code peers/verify} says where the program is. */
@Tag("peer")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OpenstackClientPeerTest {

    private static final int PATIENCE_SECONDS = 120;

    private String program;
    private Path folder;
    private World world;

    @BeforeAll
    void open(@TempDir Path temporary) throws IOException {
        program = System.getenv("HANSA_OPENSTACK");
        assertThat(program)
                .as("HANSA_OPENSTACK says where the command openstack is; peers/verify sets it")
                .isNotBlank();
        folder = temporary;
        Files.createDirectory(folder.resolve("home"));
        world = new World(temporary);
    }

    @AfterAll
    void close() {
        if (world != null) {
            world.close();
        }
    }

    private record Run(int status, String out, String errors) {

        JsonNode json() {
            assertThat(status).as(errors).isZero();
            return JsonMapper.shared().readTree(out);
        }
    }

    private Run run(Map<String, String> settings, List<String> command) throws Exception {
        Path out = Files.createTempFile(folder, "out", "");
        Path errors = Files.createTempFile(folder, "errors", "");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OS_"));
        builder.environment().put("HOME", folder.resolve("home").toString());
        builder.environment().put("OS_CACERT", world.caFile().toString());
        builder.environment().putAll(settings);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Run(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(errors, StandardCharsets.UTF_8));
    }

    private Run openstack(Map<String, String> settings, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        return run(settings, command);
    }

    private Map<String, String> password(String url, String secret) {
        return Map.of(
                "OS_AUTH_URL", url,
                "OS_IDENTITY_API_VERSION", "3",
                "OS_USERNAME", "grace",
                "OS_PASSWORD", secret,
                "OS_USER_DOMAIN_NAME", "Default");
    }

    private Map<String, String> accessToken() {
        return Map.of(
                "OS_AUTH_URL", world.origin() + "/v3",
                "OS_IDENTITY_API_VERSION", "3",
                "OS_AUTH_TYPE", "v3oidcaccesstoken",
                "OS_IDENTITY_PROVIDER", "idp",
                "OS_PROTOCOL", "openid",
                "OS_ACCESS_TOKEN", World.ACCESS_TOKEN,
                "OS_PROJECT_NAME", "vo.one.example",
                "OS_PROJECT_DOMAIN_ID", "default");
    }

    private Map<String, String> credential(String id, String secret) {
        return Map.of(
                "OS_AUTH_URL",
                world.origin(),
                "OS_IDENTITY_API_VERSION",
                "3",
                "OS_AUTH_TYPE",
                "v3applicationcredential",
                "OS_APPLICATION_CREDENTIAL_ID",
                id,
                "OS_APPLICATION_CREDENTIAL_SECRET",
                secret);
    }

    @Test
    void aPasswordGivesATokenFromWhicheverAddress() throws Exception {
        for (String url : List.of(world.origin(), world.origin() + "/keystone", world.origin() + "/v3")) {
            JsonNode token = openstack(password(url, World.PASSWORD), "token", "issue", "-f", "json")
                    .json();
            assertThat(token.path("id").asString()).startsWith("hansa_");
            assertThat(token.path("user_id").asString()).matches("[0-9a-f]{32}");
        }
        Run refused = openstack(password(world.origin(), "wrong"), "token", "issue", "-f", "json");
        assertThat(refused.status()).isNotZero();
        assertThat(refused.errors()).contains("HTTP 401");
    }

    @Test
    void anAccessTokenGivesAProjectItsCatalogueAndTheOtherProjects() throws Exception {
        JsonNode token =
                openstack(accessToken(), "token", "issue", "-f", "json").json();
        assertThat(token.path("project_id").asString())
                .isEqualTo(Names.project("vo.one.example").id());
        JsonNode catalogue =
                openstack(accessToken(), "catalog", "list", "-f", "json").json();
        assertThat(catalogue.findValuesAsString("Type")).containsExactlyInAnyOrder("identity", "occi");
        assertThat(catalogue.toString()).contains(world.origin() + "/occi");
        JsonNode projects =
                openstack(accessToken(), "project", "list", "-f", "json").json();
        assertThat(projects.findValuesAsString("Name")).containsExactly("vo.one.example", "vo.two.example");
        assertThat(openstack(accessToken(), "federation", "project", "list", "-f", "json")
                        .json()
                        .findValuesAsString("Name"))
                .containsExactly("vo.one.example", "vo.two.example");
        assertThat(openstack(accessToken(), "project", "show", "vo.two.example", "-f", "json")
                        .json()
                        .path("id")
                        .asString())
                .isEqualTo(Names.project("vo.two.example").id());
    }

    @Test
    void anApplicationCredentialIsMadeUsedAndDeleted() throws Exception {
        String[] create = {
            "application", "credential", "create", "robot", "--description", "For the nightly run", "-f", "json"
        };
        JsonNode made = openstack(accessToken(), create).json();
        String id = made.path("id").asString();
        Map<String, String> robot = credential(id, made.path("secret").asString());
        JsonNode token = openstack(robot, "token", "issue", "-f", "json").json();
        assertThat(token.path("project_id").asString())
                .isEqualTo(Names.project("vo.one.example").id());
        assertThat(openstack(robot, "catalog", "list", "-f", "json").json().findValuesAsString("Type"))
                .contains("occi");
        assertThat(openstack(accessToken(), "application", "credential", "list", "-f", "json")
                        .json()
                        .findValuesAsString("Name"))
                .containsExactly("robot");
        assertThat(openstack(accessToken(), "application", "credential", "show", "robot", "-f", "json")
                        .json()
                        .path("description")
                        .asString())
                .isEqualTo("For the nightly run");
        assertThat(openstack(accessToken(), "application", "credential", "delete", "robot")
                        .status())
                .isZero();
        assertThat(openstack(robot, "token", "issue").errors()).contains("HTTP 401");
    }

    @Test
    void aTokenIsRevoked() throws Exception {
        String token = openstack(accessToken(), "token", "issue", "-f", "value", "-c", "id")
                .out()
                .strip();
        Map<String, String> shown = Map.of(
                "OS_AUTH_URL", world.origin() + "/v3",
                "OS_IDENTITY_API_VERSION", "3",
                "OS_AUTH_TYPE", "v3token",
                "OS_TOKEN", token,
                "OS_PROJECT_NAME", "vo.one.example",
                "OS_PROJECT_DOMAIN_ID", "default");
        assertThat(openstack(shown, "project", "list", "-f", "json").json()).hasSize(2);
        Run revoked = openstack(accessToken(), "token", "revoke", token);
        assertThat(revoked.status()).as(revoked.errors()).isZero();
        assertThat(openstack(shown, "project", "list").errors()).contains("HTTP 401");
    }

    /** Debian's client has no commands for version 2.0 any more; its library still speaks it. */
    @Test
    void keystoneauthStillSpeaksVersion2() throws Exception {
        String script = """
                from keystoneauth1 import session
                from keystoneauth1.identity import v2
                auth = v2.Password("%s/v2.0", username="grace", password="%s")
                s = session.Session(auth=auth, verify="%s")
                print(auth.get_token(s))
                print(s.get("%s/occi/-/").status_code)
                """.formatted(world.origin(), World.PASSWORD, world.caFile(), world.origin());
        Run run = run(Map.of(), List.of("/usr/bin/python3", "-c", script));
        assertThat(run.out().lines()).as(run.errors()).hasSize(2);
        assertThat(run.out()).startsWith("hansa_").endsWith("200\n");
    }
}
