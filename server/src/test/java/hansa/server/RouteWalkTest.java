package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.caller.Scope;
import hansa.federation.identity.NewToken;
import hansa.kernel.config.ConfigurationReader;
import hansa.kernel.config.SecretText;
import hansa.kernel.http.Method;
import hansa.kernel.http.Mount;
import hansa.kernel.http.Route;
import hansa.protocols.voms.Fqan;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Walks every route of every face that a node shows, in every role, over HTTP, and holds what happens against the table in
 * {@link WalkTable}. A route that is not in the table, and a line without a route, is a failure.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RouteWalkTest {

    static final String VO = "walk.example.org";
    private static final Caller ROOT = Caller.local("root", Proof.TOKEN, true);

    /** Who walks. */
    enum Role {
        ANONYMOUS,
        OTHER,
        OWNER,
        /** The owner, with a token that is good for looking only. */
        READER,
        /** The owner, with a token that is good for something else altogether. */
        FOREIGN,
        MEMBER,
        MANAGER,
        AUDITOR,
        OPERATOR
    }

    private final Closing closing = new Closing();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<Role, String> tokens = new EnumMap<>(Role.class);
    private Node.Shown shown;
    private URI main;
    private URI occi;
    private int made;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        RunningNodeAddresses addresses = new RunningNodeAddresses(folder.resolve("data"));
        shown = Node.start(
                folder.resolve("data"),
                ConfigurationReader.read(
                        Optional.empty(),
                        List.of(
                                "listen.main=http://127.0.0.1:0",
                                "listen.occi=http://127.0.0.1:0",
                                "clouds.sim.driver=simulated",
                                "limits.address-rate=1000000",
                                "limits.caller-rate=1000000",
                                "quotas.machines=10000",
                                "quotas.cores=100000",
                                "quotas.memory=1024TiB",
                                "quotas.volumes=10000",
                                "quotas.networks=10000"),
                        Map.of()),
                new SecretText(Map.of()),
                Clock.systemUTC(),
                closing);
        main = addresses.endpoint("main");
        occi = addresses.endpoint("occi");
        shown.federation().vos().organisations().create(ROOT, VO, "Walk", "");
        for (String id : List.of("owner", "member", "manager", "auditor")) {
            shown.federation().vos().members().add(ROOT, VO, id, id, Optional.empty());
        }
        shown.federation().vos().members().grant(ROOT, "manager", Fqan.parse("/" + VO + "/Role=manager"));
        shown.federation().vos().members().grant(ROOT, "auditor", Fqan.parse("/" + VO + "/Role=auditor"));
        tokens.put(Role.OTHER, token("other", Scope.ALL, Optional.empty(), false));
        tokens.put(Role.OWNER, token("owner", Scope.ALL, Optional.of(VO), false));
        tokens.put(Role.READER, token("owner", Scope.parse("*.read *.list"), Optional.of(VO), false));
        tokens.put(Role.FOREIGN, token("owner", Scope.parse("mapping.read"), Optional.of(VO), false));
        tokens.put(Role.MEMBER, token("member", Scope.ALL, Optional.of(VO), false));
        tokens.put(Role.MANAGER, token("manager", Scope.ALL, Optional.of(VO), false));
        tokens.put(Role.AUDITOR, token("auditor", Scope.ALL, Optional.of(VO), false));
        tokens.put(Role.OPERATOR, token("boss", Scope.ALL, Optional.empty(), true));
    }

    private String token(String name, Scope scope, Optional<String> vo, boolean operator) {
        Caller caller = Caller.local(name, Proof.TOKEN, operator);
        Caller member = vo.isEmpty()
                ? caller
                : caller.withFqans(List.of(Fqan.parse("/" + VO))).inNameOf(vo);
        return shown.federation()
                .identity()
                .tokens()
                .issue(member, new NewToken("walk", Optional.empty(), scope, vo))
                .secret();
    }

    @AfterAll
    void stop() {
        closing.close();
        http.close();
    }

    /** A route where a client finds it. */
    private record Place(String face, URI base, String mount, Method method, String path) {

        String line() {
            return face + " " + method + " " + path;
        }
    }

    private List<Place> places() {
        List<Place> all = new ArrayList<>();
        shown.main().forEach(mount -> add(all, main, mount));
        shown.occi().forEach(mount -> add(all, occi, mount));
        return all;
    }

    private static void add(List<Place> all, URI base, Mount mount) {
        for (Route<?, ?> route : mount.face().routes()) {
            all.add(new Place(mount.face().name(), base, mount.path(), route.method(), route.path()));
        }
    }

    @Test
    void the_table_has_every_route_and_no_other() {
        assertThat(new TreeSet<>(places().stream().map(Place::line).toList()))
                .isEqualTo(new TreeSet<>(WalkTable.LINES.keySet()));
    }

    @Test
    void every_route_lets_in_whom_it_should_and_nobody_else() {
        List<String> wrong = new ArrayList<>();
        int walked = 0;
        for (Place place : places()) {
            WalkTable.Line line = WalkTable.LINES.get(place.line());
            if (line == null) {
                continue;
            }
            for (Role role : Role.values()) {
                int status = walk(place, line, role);
                walked++;
                if (!line.kind().outcome(role, line.look()).allows(status)) {
                    wrong.add(place.mount() + " " + place.line() + " as " + role + ": " + status + ", expected "
                            + line.kind().outcome(role, line.look()));
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(walked).isGreaterThan(500);
    }

    private int walk(Place place, WalkTable.Line line, Role role) {
        String path = place.path().equals("/{path...}") ? "/mixin/" : filled(place, line);
        String query = line.query().isEmpty() ? "" : "?" + line.query();
        return send(
                place.method().name(),
                URI.create(place.base() + place.mount() + path + query),
                Optional.ofNullable(tokens.get(role)),
                line.type(),
                bodyOf(line));
    }

    /** Names in bodies are fresh, so that one role does not stumble over what another made. */
    private String bodyOf(WalkTable.Line line) {
        made++;
        return line.body().replace("$", "w" + made);
    }

    private String filled(Place place, WalkTable.Line line) {
        Matcher parameters = Pattern.compile("\\{([a-z.]+)}").matcher(place.path());
        StringBuilder path = new StringBuilder();
        while (parameters.find()) {
            parameters.appendReplacement(path, Matcher.quoteReplacement(value(place, parameters.group(1))));
        }
        parameters.appendTail(path);
        assertThat(line).isNotNull();
        return path.toString();
    }

    /** What a parameter stands for: something of the owner's, made in the name of the organisation. */
    private String value(Place place, String parameter) {
        String[] segments = place.path().split("/");
        String first = segments[1].equals("link") ? segments[2] : segments[1];
        return switch (first + "." + parameter) {
            case "vms.id", "compute.id" -> machine();
            case "volumes.id", "storage.id" -> volume();
            case "networks.id", "network.id" -> network();
            case "images.id" -> image();
            case "tokens.id" -> madeBy(Role.OWNER, "/tokens", "{\"label\": \"t\"}");
            case "tags.tag" -> madeBy(Role.OWNER, "/tags", "{\"id\": \"tag" + made + "\"}");
            case "sites.name" -> "local";
            case "clouds.name" -> "sim";
            case "flavours.name" -> place.method() == Method.GET ? "small" : "none";
            case "tags.kind" -> "vm";
            case "tags.id" -> machine();
            // Whoever left the organisation would walk on as somebody else.
            case "vos.vo" -> place.path().endsWith("/membership") ? "none.example.org" : VO;
            case "networkinterface.id" -> link("/vms/" + machine() + "/nics", "{\"network\": \"" + network() + "\"}");
            case "storagelink.id" -> link("/vms/" + machine() + "/attachments", "{\"volume\": \"" + volume() + "\"}");
            default -> "none";
        };
    }

    private String machine() {
        return madeBy(Role.OWNER, "/vms", "{\"title\": \"m\", \"image\": \"tiny\", \"flavour\": \"small\"}");
    }

    private String volume() {
        return madeBy(Role.OWNER, "/volumes", "{\"title\": \"v\", \"sizeMib\": 64}");
    }

    private String network() {
        return madeBy(Role.OWNER, "/networks", "{\"title\": \"n\"}");
    }

    private String image() {
        return madeBy(
                Role.OWNER,
                "/images",
                "{\"format\": \"raw\", \"source\": \"https://images.example.org/" + made + "\"}");
    }

    private String link(String path, String body) {
        return madeBy(Role.OWNER, path, body);
    }

    private String madeBy(Role role, String path, String body) {
        made++;
        HttpResponse<String> answer = exchange(
                "POST",
                URI.create(main + "/api/v1" + path),
                Optional.ofNullable(tokens.get(role)),
                "application/json",
                body);
        Matcher id = Pattern.compile("\"id\": ?\"([^\"]+)\"").matcher(answer.body());
        assertThat(id.find()).as(path + ": " + answer.body()).isTrue();
        return URLEncoder.encode(id.group(1), StandardCharsets.UTF_8);
    }

    private int send(String method, URI uri, Optional<String> token, String type, String body) {
        return exchange(method, uri, token, type, body).statusCode();
    }

    private HttpResponse<String> exchange(String method, URI uri, Optional<String> token, String type, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        if (!body.isEmpty()) {
            request.header("Content-Type", type);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(method + " " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Where the node listens, from what it announced. */
    private record RunningNodeAddresses(Path data) {

        URI endpoint(String name) throws IOException {
            Matcher matcher = Pattern.compile("\"" + name + "\": \"([^\"]+)\"")
                    .matcher(Files.readString(data.resolve("endpoints.json")));
            assertThat(matcher.find()).isTrue();
            return URI.create(matcher.group(1));
        }
    }
}
