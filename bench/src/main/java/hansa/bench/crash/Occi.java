package hansa.bench.crash;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The little OCCI that the load needs. Every method throws {@link IOException} when it does not know the outcome. */
final class Occi implements AutoCloseable {

    private static final String COMPUTE = "http://schemas.ogf.org/occi/infrastructure#compute";
    private static final String ACTIONS = "http://schemas.ogf.org/occi/infrastructure/compute/action#";
    private static final String OS_TEMPLATE = "http://schemas.ogf.org/occi/infrastructure#os_tpl";
    private static final String JSON = "application/occi+json";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final URI root;
    private final String token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();

    Occi(URI root, String token) {
        this.root = root;
        this.token = token;
    }

    /** The node said no. */
    static final class Refused extends Exception {
        private final int status;

        Refused(int status, String body) {
            super(status + " " + body.strip());
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /** The identifier of the first operating system template whose term or title holds that name. */
    String osTemplate(String name) throws IOException, Refused {
        JsonNode model = MAPPER.readTree(send("GET", "/-/", "", 200));
        for (JsonNode mixin : model.path("mixins")) {
            boolean template = mixin.path("depends")
                    .valueStream()
                    .anyMatch(d -> d.asString("").equals(OS_TEMPLATE));
            String named =
                    mixin.path("term").asString("") + " " + mixin.path("title").asString("");
            if (template && named.contains(name)) {
                return mixin.path("scheme").asString("") + mixin.path("term").asString("");
            }
        }
        throw new IOException("the node offers no image '" + name + "'");
    }

    /** @return where the machine is */
    URI create(String title, String template) throws IOException, Refused {
        String body = MAPPER.writeValueAsString(Map.of(
                "kind",
                COMPUTE,
                "title",
                title,
                "mixins",
                List.of(template),
                "attributes",
                Map.of("occi.compute.cores", 1, "occi.compute.memory", 0.25)));
        HttpResponse<String> answer = exchange("POST", "/compute/", body);
        if (answer.statusCode() != 200 && answer.statusCode() != 201) {
            throw new Refused(answer.statusCode(), answer.body());
        }
        return root.resolve(answer.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IOException("a creation was answered without Location")));
    }

    void act(URI machine, String action) throws IOException, Refused {
        send("POST", machine.getPath() + "?action=" + action, "{\"action\": \"" + ACTIONS + action + "\"}", 200, 204);
    }

    void delete(URI machine) throws IOException, Refused {
        send("DELETE", machine.getPath(), "", 200, 204);
    }

    List<Audit.Seen> machines() throws IOException, Refused {
        List<Audit.Seen> machines = new ArrayList<>();
        String body = send("GET", "/compute/", "", 200, 204);
        for (JsonNode resource : body.isBlank()
                ? MAPPER.createArrayNode()
                : MAPPER.readTree(body).path("resources")) {
            JsonNode attributes = resource.path("attributes");
            String title = resource.path("title")
                    .asString(attributes.path("occi.core.title").asString(""));
            machines.add(
                    new Audit.Seen(title, attributes.path("occi.compute.state").asString("")));
        }
        return machines;
    }

    private String send(String method, String path, String body, int... expected) throws IOException, Refused {
        HttpResponse<String> answer = exchange(method, path, body);
        for (int status : expected) {
            if (answer.statusCode() == status) {
                return answer.body();
            }
        }
        throw new Refused(answer.statusCode(), answer.body());
    }

    private HttpResponse<String> exchange(String method, String path, String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + token)
                .header("Accept", JSON)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", JSON);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
