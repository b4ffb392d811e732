package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import hansa.trust.kit.AnchorFolder;
import hansa.trust.kit.Order;
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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
    private String lasting = "";
    private final Map<String, String> last = new HashMap<>();

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        AnchorFolder anchors = new AnchorFolder(Files.createDirectories(folder.resolve("anchors")))
                .trust(Order.authority("/O=Walk/CN=Authority").selfSigned());
        RunningNodeAddresses addresses = new RunningNodeAddresses(folder.resolve("data"));
        shown = Node.start(
                folder.resolve("data"),
                ConfigurationReader.read(
                        Optional.empty(),
                        List.of(
                                "listen.main=http://127.0.0.1:0",
                                "listen.occi=http://127.0.0.1:0",
                                "clouds.sim.driver=simulated",
                                "identity.x509.anchors=" + anchors.path(),
                                "voms.host=voms.walk.example.org",
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
        lasting = madeBy(Role.OWNER, "/tokens", "{\"label\": \"lasting\"}");
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
                WalkTable.Answer answer = walk(place, line, role);
                WalkTable.Outcome expected = line.kind().outcome(role, line.look());
                walked++;
                if (!expected.allows(answer)) {
                    wrong.add(place.mount() + " " + place.line() + " as " + role + ": " + answer.status()
                            + ", expected " + expected + ": "
                            + answer.body().strip().lines().findFirst().orElse(""));
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(walked).isGreaterThan(500);
    }

    private WalkTable.Answer walk(Place place, WalkTable.Line line, Role role) {
        String path = filled(place, role);
        String query = filled(line.query(), place, role);
        boolean header = query.matches("[A-Za-z-]+: .*");
        String body = filled(line.body(), place, role);
        if (line.kind() == WalkTable.Kind.SWEEP) {
            awaitDeletions();
        }
        HttpResponse<String> answer = exchange(
                place.method().name(),
                URI.create(place.base() + place.mount() + path + (query.isEmpty() || header ? "" : "?" + query)),
                Optional.ofNullable(tokens.get(role)),
                line.type(),
                body,
                header ? query.split(": ", 2) : new String[0]);
        return new WalkTable.Answer(answer.statusCode(), answer.body());
    }

    /** What the role before swept away is gone, so that nobody stumbles over it. */
    private void awaitDeletions() {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Stream.of("/vms", "/volumes", "/networks")
                                .map(path -> shownToOwner(main + "/api/v1" + path + "?state=deleting"))
                                .allMatch(listed -> listed.contains("\"items\":[]"))
                        && !shownToOwner(occi + "/link/").contains("being unplugged"));
    }

    private String shownToOwner(String uri) {
        return exchange(
                        "GET",
                        URI.create(uri),
                        Optional.ofNullable(tokens.get(Role.OWNER)),
                        "",
                        "",
                        "Accept",
                        "application/occi+json, application/json")
                .body();
    }

    /** Names are fresh, so that one role does not stumble over what another made. */
    private String filled(String text, Place place, Role role) {
        made++;
        return Pattern.compile("\\{([+=]?[a-z]+)}")
                .matcher(text.replace("$", "w" + made).replace("\\n", "\n"))
                .replaceAll(name -> Matcher.quoteReplacement(named(name.group(1), place, role)));
    }

    /**
     * @param name what is to be made of the owner's; with a plus only made and not named, with an equals sign what was
     *     made last
     */
    private String named(String name, Place place, Role role) {
        if (name.startsWith("=")) {
            return last.getOrDefault(name.substring(1), "none");
        }
        if (name.startsWith("+")) {
            named(name.substring(1), place, role);
            return "";
        }
        return switch (name) {
            case "mount" -> place.mount();
            case "machine" -> machine();
            case "volume" -> volume();
            case "network" -> network();
            case "nic" -> nic();
            case "attachment" -> attachment();
            case "tag" -> tag();
            case "token" -> tokens.getOrDefault(role, "none");
            case "session" -> session();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private String filled(Place place, Role role) {
        if (place.path().equals("/{path...}")) {
            return "/mixin/" + tag() + "/";
        }
        return Pattern.compile("\\{([a-z.]+)}")
                .matcher(place.path())
                .replaceAll(parameter -> Matcher.quoteReplacement(value(place, parameter.group(1), role)));
    }

    /** What a parameter stands for: something of the owner's, made in the name of the organisation. */
    private String value(Place place, String parameter, Role role) {
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
            case "vos.vo" -> organisation(place.path(), role);
            case "vos.request" -> last.getOrDefault("request", "none");
            case "{vo}.vo" -> VO;
            case "networkinterface.id" -> nic();
            case "storagelink.id" -> attachment();
            case "projects.id" -> project();
            case "users.user" -> "owner";
            case "users.id" ->
                place.method() == Method.GET ? lasting : madeBy(Role.OWNER, "/tokens", "{\"label\": \"t\"}");
            default -> "none";
        };
    }

    /** Whoever left the organisation would walk on as somebody else, so that they leave another one. */
    private String organisation(String path, Role role) {
        last.remove("request");
        if (!path.endsWith("/membership") && !path.endsWith("/withdraw")) {
            return VO;
        }
        String fresh = "w" + ++made + ".example.org";
        shown.federation().vos().organisations().create(ROOT, fresh, "Walk", "");
        if (path.endsWith("/withdraw")) {
            madeBy(Role.OWNER, "/vos/" + fresh + "/requests", "{}");
            last.put("request", last.getOrDefault("made", "none"));
        } else if (role != Role.ANONYMOUS) {
            String id = switch (role) {
                case OWNER, READER, FOREIGN -> "owner";
                case OPERATOR -> "boss";
                case ANONYMOUS, OTHER, MEMBER, MANAGER, AUDITOR -> role.name().toLowerCase(Locale.ROOT);
            };
            shown.federation().vos().members().add(ROOT, fresh, id, id, Optional.empty());
        }
        return fresh;
    }

    private String project() {
        HttpResponse<String> answer = exchange(
                "GET", URI.create(main + "/v3/auth/projects"), Optional.ofNullable(tokens.get(Role.OWNER)), "", "");
        return first("\"id\": ?\"([^\"]+)\"", answer.body());
    }

    /** A session of the owner's. */
    private String session() {
        String body = "{\"auth\": {\"identity\": {\"methods\": [\"token\"], \"token\": {\"id\": \""
                + tokens.get(Role.OWNER) + "\"}}}}";
        return exchange("POST", URI.create(main + "/v3/auth/tokens"), Optional.empty(), "application/json", body)
                .headers()
                .firstValue("X-Subject-Token")
                .orElseThrow();
    }

    /** A mixin of the owner's; its collection is at {@code /mixin/NAME/}. */
    private String tag() {
        String name = "w" + ++made;
        madeBy(
                Role.OWNER,
                "/tags",
                "{\"id\": \"http://example.org/walk#" + name + "\", \"location\": \"/mixin/" + name + "/\"}");
        return name;
    }

    private String nic() {
        return madeBy(Role.OWNER, "/vms/" + machine() + "/nics", "{\"network\": \"" + network() + "\"}");
    }

    private String attachment() {
        return madeBy(Role.OWNER, "/vms/" + machine() + "/attachments", "{\"volume\": \"" + volume() + "\"}");
    }

    private String machine() {
        String body = "{\"title\": \"m\", \"image\": \"tiny\", \"flavour\": \"small\"}";
        return kept("machine", madeBy(Role.OWNER, "/vms", body));
    }

    private String volume() {
        return kept("volume", madeBy(Role.OWNER, "/volumes", "{\"title\": \"v\", \"sizeMib\": 64}"));
    }

    private String network() {
        return kept("network", madeBy(Role.OWNER, "/networks", "{\"title\": \"n\"}"));
    }

    private String kept(String name, String id) {
        last.put(name, id);
        return id;
    }

    private String image() {
        return madeBy(
                Role.OWNER,
                "/images",
                "{\"format\": \"raw\", \"source\": \"https://images.example.org/" + made + "\"}");
    }

    private String madeBy(Role role, String path, String body) {
        made++;
        HttpResponse<String> answer = exchange(
                "POST",
                URI.create(main + "/api/v1" + path),
                Optional.ofNullable(tokens.get(role)),
                "application/json",
                body);
        return kept("made", URLEncoder.encode(first("\"id\": ?\"([^\"]+)\"", answer.body()), StandardCharsets.UTF_8));
    }

    private static String first(String pattern, String text) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return found.group(1);
    }

    private HttpResponse<String> exchange(
            String method, URI uri, Optional<String> token, String type, String body, String... header) {
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
        if (header.length > 0) {
            request.headers(header);
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
