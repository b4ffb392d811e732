package hansa.faces.keystone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What rOCCI-api 4.3 sends to find Keystone and to sign in, byte by byte, and how it reads the answers. */
final class RocciSequenceTest {

    private static final Pattern KEYSTONE_URI = Pattern.compile("^(Keystone|snf-auth) uri=(\"|')(.+)(\"|')$");
    private static final Pattern KEYSTONE_VERSION = Pattern.compile("^v([0-9]).*$");
    private static final String AGENT = "rOCCI-core/4.3.6 rOCCI-api/4.3.14 OCCI/1.1 linux-gnu x86_64 ruby/2.3.1";
    private static final List<String> OCCI = List.of("Accept: text/plain,text/occi", "User-Agent: " + AGENT);
    private static final List<String> JSON =
            List.of("Accept: application/json", "User-Agent: " + AGENT, "Content-Type: application/json");

    @TempDir
    Path folder;

    private World world;
    private SSLContext proxy;

    @BeforeEach
    void open() {
        world = new World(folder);
        proxy = world.tls(true);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private record Answer(int status, List<String> head, String body) {

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        /** As Ruby's Net::HTTP gives it: the lines of one name joined. */
        String header(String name) {
            return String.join(
                    ", ",
                    head.stream()
                            .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                            .map(line -> line.substring(name.length() + 2))
                            .toList());
        }
    }

    private Answer send(String method, String path, List<String> headers, Optional<String> token, String body)
            throws IOException {
        StringBuilder request =
                new StringBuilder(method + " " + path + " HTTP/1.1\r\n" + "Accept-Encoding: identity;q=1.0\r\n");
        headers.forEach(line -> request.append(line).append("\r\n"));
        token.ifPresent(value -> request.append("X-Auth-Token: ").append(value).append("\r\n"));
        request.append("Connection: close\r\nHost: localhost:")
                .append(world.port())
                .append("\r\n");
        if (!body.isEmpty()) {
            request.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        request.append("\r\n").append(body);
        try (SSLSocket socket = (SSLSocket) proxy.getSocketFactory().createSocket("localhost", world.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.toString().getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = text.indexOf("\r\n\r\n");
            List<String> head = text.substring(0, end).lines().toList();
            return new Answer(Integer.parseInt(head.getFirst().split(" ")[1]), head, text.substring(end + 4));
        }
    }

    private String path(String uri) {
        assertThat(uri).startsWith(world.origin() + "/");
        return uri.substring(world.origin().length());
    }

    /** The challenge as rOCCI reads it. */
    private String keystone() throws IOException {
        // A verifier that takes the proxy would let it in at once: rOCCI comes here when it brought a wrong token
        // before.
        Answer refused = send("GET", "/occi/-/", OCCI, Optional.of("none"), "");
        assertThat(refused.status()).isEqualTo(401);
        Matcher challenge = KEYSTONE_URI.matcher(refused.header("WWW-Authenticate"));
        assertThat(challenge.matches()).isTrue();
        return challenge.group(3);
    }

    @Test
    void voms_against_version_2() throws Exception {
        JsonNode version =
                send("GET", path(keystone()), JSON, Optional.empty(), "").json().path("version");
        Matcher number = KEYSTONE_VERSION.matcher(version.path("id").asString());
        assertThat(number.matches()).isTrue();
        assertThat(number.group(1)).isEqualTo("2");
        assertThat(version.path("links").get(0).path("rel").asString()).isEqualTo("self");
        String base = path(version.path("links").get(0).path("href").asString()).replaceFirst("/$", "");

        Answer unscoped = send("POST", base + "/tokens", JSON, Optional.empty(), "{\"auth\":{\"voms\":true}}");
        assertThat(unscoped.status()).isEqualTo(200);
        assertThat(unscoped.json().path("access").path("token").has("tenant")).isFalse();
        String first = unscoped.json().path("access").path("token").path("id").asString();

        Answer tenants = send("GET", base + "/tenants", JSON, Optional.of(first), "");
        assertThat(tenants.json().path("tenants").findValuesAsString("name"))
                .containsExactly("vo.one.example", "vo.two.example");
        String tenant = tenants.json().path("tenants").get(0).path("name").asString();

        Answer scoped = send(
                "POST",
                base + "/tokens",
                JSON,
                Optional.of(first),
                "{\"auth\":{\"voms\":true,\"tenantName\":\"" + tenant + "\"}}");
        assertThat(scoped.json()
                        .path("access")
                        .path("token")
                        .path("tenant")
                        .path("name")
                        .asString())
                .isEqualTo(tenant);
        String token = scoped.json().path("access").path("token").path("id").asString();

        Answer model = send("GET", "/occi/-/", OCCI, Optional.of(token), "");
        assertThat(model.status()).isEqualTo(200);
        assertThat(model.body()).startsWith("Category: ");
    }

    @Test
    void voms_against_version_3() throws Exception {
        Answer choices = send("GET", "/keystone", JSON, Optional.empty(), "");
        assertThat(choices.status()).isEqualTo(300);
        List<JsonNode> versions = new ArrayList<>();
        choices.json().path("versions").path("values").forEach(versions::add);
        assertThat(versions)
                .extracting(version -> version.path("id").asString())
                .containsExactly("v3.10", "v2.0");
        String base = path(versions.getFirst().path("links").get(0).path("href").asString())
                .replaceFirst("/$", "");

        Answer unscoped = send(
                "GET",
                base + "/OS-FEDERATION/identity_providers/egi.eu/protocols/mapped/auth",
                JSON,
                Optional.empty(),
                "");
        assertThat(unscoped.status()).isEqualTo(201);
        String first = unscoped.header("X-Subject-Token");
        String project = send("GET", base + "/auth/projects", JSON, Optional.of(first), "")
                .json()
                .path("projects")
                .get(0)
                .path("id")
                .asString();
        assertThat(project).matches("[0-9a-f]{32}");

        Answer scoped = send(
                "POST",
                base + "/auth/tokens",
                JSON,
                Optional.of(first),
                "{\"auth\":{\"identity\":{\"methods\":[\"token\"],\"token\":{\"id\":\"" + first
                        + "\"}},\"scope\":{\"project\":{\"id\":\"" + project + "\"}}}}");
        assertThat(scoped.status()).isEqualTo(201);
        assertThat(scoped.json().path("token").path("roles").findValuesAsString("name"))
                .containsExactly("member", "VMManagement");
        assertThat(send("GET", "/occi/-/", OCCI, Optional.of(scoped.header("X-Subject-Token")), "")
                        .status())
                .isEqualTo(200);
    }
}
