package hansa.server;

import hansa.kernel.config.Configuration;
import hansa.kernel.config.ConfigurationException;
import hansa.kernel.config.ConfigurationReader;
import hansa.kernel.config.SecretText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A whole node in this process, on the loopback, asked over HTTP by its operator. */
final class RunningNode implements AutoCloseable {

    private final Closing closing = new Closing();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path data;

    private RunningNode(Path data) {
        this.data = data;
    }

    /** @param settings {@code key=value}, beside those of the listeners */
    static RunningNode start(Path data, String... settings) throws ConfigurationException, StartFailure {
        List<String> all = new ArrayList<>(List.of("listen.main=http://127.0.0.1:0", "listen.occi=http://127.0.0.1:0"));
        all.addAll(List.of(settings));
        Configuration wanted = ConfigurationReader.read(Optional.empty(), all, Map.of());
        RunningNode node = new RunningNode(data);
        Node.start(data, wanted, new SecretText(Map.of()), Clock.systemUTC(), node.closing);
        return node;
    }

    /** Where a listener is, by its name: {@code main} or {@code occi}. */
    URI endpoint(String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\": \"([^\"]+)\"").matcher(read("endpoints.json"));
        if (!matcher.find()) {
            throw new AssertionError("no listener " + name);
        }
        return URI.create(matcher.group(1));
    }

    String token() {
        return read("admin.token").strip();
    }

    private String read(String file) {
        try {
            return Files.readString(data.resolve(file));
        } catch (IOException e) {
            throw new AssertionError("the node did not write " + file, e);
        }
    }

    /** Asks the OCCI face in its text rendering. */
    HttpResponse<String> occi(String method, String path, String body) {
        return ask(method, endpoint("occi").resolve(path), "text/plain", body);
    }

    /** Asks the REST face. */
    HttpResponse<String> rest(String method, String path, String body) {
        return ask(method, endpoint("main").resolve("/api/v1" + path), "application/json", body);
    }

    private HttpResponse<String> ask(String method, URI uri, String type, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("X-Auth-Token", token())
                .header("Accept", type)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", type);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + method + " " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.close();
        closing.close();
    }
}
