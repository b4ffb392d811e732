package hansa.cli.client;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the node to talk to: what the command line says, else the environment, else the node of the local data folder.
 *
 * @param endpoint {@code --endpoint}
 * @param token {@code --token}
 * @param authority {@code --ca}
 * @param data {@code --data}
 */
public record NodeFinder(
        Optional<String> endpoint,
        Optional<String> token,
        Optional<Path> authority,
        Optional<Path> data,
        Map<String, String> environment) {

    private static final int MAX_SMALL_FILE = 64 * 1024;

    public NodeFinder {
        environment = Map.copyOf(environment);
    }

    /** @throws Refusal when there is none to be found */
    public NodeAddress find() {
        Optional<String> chosen = endpoint.or(() -> variable("HANSA_ENDPOINT"));
        return chosen.map(text -> remote(endpoint(text))).orElseGet(this::local);
    }

    /** The data folder of the local node. */
    public Path folder() {
        return data.orElseGet(this::usualFolder);
    }

    private Path usualFolder() {
        return variable("XDG_DATA_HOME")
                .map(Path::of)
                .orElseGet(() -> Path.of(variable("HOME").orElse("."), ".local", "share"))
                .resolve("hansa");
    }

    private NodeAddress remote(URI node) {
        Optional<String> given = givenToken();
        return new NodeAddress(node, given, login(node, given), trust(), Optional.empty());
    }

    private NodeAddress local() {
        Path folder = folder();
        Path endpoints = folder.resolve("endpoints.json");
        if (!Files.isReadable(endpoints)) {
            throw new Refusal(
                    Exit.UNAVAILABLE,
                    "no node runs on " + folder + "; start one with 'hansa up --data " + folder
                            + "', or name another with --endpoint");
        }
        String main = JsonText.parse(read(endpoints)) instanceof Json.Members members ? members.text("main") : "";
        URI node = endpoint(main);
        Optional<String> given = givenToken();
        Optional<Login> login = login(node, given);
        Optional<String> secret = login.isPresent() ? Optional.empty() : given.or(() -> adminToken(folder));
        return new NodeAddress(node, secret, login, trust(), Optional.of(folder));
    }

    /** Who logged in is that, also beside the operator's token of a local node. */
    private Optional<Login> login(URI node, Optional<String> given) {
        Sessions sessions = Sessions.of(environment);
        return given.isPresent()
                ? Optional.empty()
                : sessions.find(node).map(session -> new Login(session, sessions, Clock.systemUTC()));
    }

    private Optional<String> givenToken() {
        return token.or(() -> variable("HANSA_TOKEN"));
    }

    private static Optional<String> adminToken(Path folder) {
        Path file = folder.resolve("admin.token");
        return Files.isReadable(file)
                ? Optional.of(new String(read(file), StandardCharsets.UTF_8).strip())
                : Optional.empty();
    }

    private Trust trust() {
        Optional<Path> given = authority.or(() -> variable("HANSA_CA").map(Path::of));
        Path own = folder().resolve("tls").resolve("ca.pem");
        boolean local = endpoint.or(() -> variable("HANSA_ENDPOINT")).isEmpty();
        if (given.isEmpty() && local && Files.isReadable(own)) {
            return Trust.only(own);
        }
        return given.map(Trust::only).orElseGet(Trust::system);
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static URI endpoint(String text) {
        try {
            URI uri = new URI(text.strip());
            boolean known = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (known && uri.getHost() != null) {
                return new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), null, null, null);
            }
        } catch (URISyntaxException unreadable) {
            throw new Refusal(Exit.USAGE, wrongEndpoint(text), unreadable);
        }
        throw new Refusal(Exit.USAGE, wrongEndpoint(text));
    }

    private static String wrongEndpoint(String text) {
        return "'" + text + "' is not the address of a node; write it like https://cloud.example.org:8443";
    }

    private static byte[] read(Path file) {
        try {
            if (Files.size(file) > MAX_SMALL_FILE) {
                throw new Refusal(Exit.FAILED, file + " is too large to be a node's; give --endpoint and --token");
            }
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new Refusal(Exit.FAILED, file + " cannot be read; check who owns it", unreadable);
        }
    }
}
