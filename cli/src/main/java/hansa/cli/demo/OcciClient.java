package hansa.cli.demo;

import hansa.cli.client.Trust;
import hansa.protocols.occi.ActionDefinition;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.Limits;
import hansa.protocols.occi.Model;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.OcciSyntaxException;
import hansa.protocols.occi.Profile;
import hansa.protocols.occi.Resource;
import hansa.protocols.occi.extension.Core;
import hansa.protocols.occi.extension.Infrastructure;
import hansa.protocols.occi.text.TextPlainReader;
import hansa.protocols.occi.text.TextPlainWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Speaks OCCI to a node as any client would, in the text rendering (GFD.223, GFD.229). */
final class OcciClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http;
    private final URI base;
    private final String token;
    private final Model model = Model.builder()
            .add(Core.extension(Profile.COMPATIBLE))
            .add(Infrastructure.extension(Profile.COMPATIBLE))
            .build();
    private final TextPlainWriter writer = new TextPlainWriter(model, "");
    private final TextPlainReader reader = new TextPlainReader(Limits.standard());

    OcciClient(URI base, Trust trust, String token) {
        this.base = base;
        this.token = token;
        this.http = HttpClient.newBuilder()
                .sslContext(trust.context())
                .connectTimeout(PATIENCE)
                .build();
    }

    Model model() {
        return model;
    }

    /** The query interface: everything that the node can do. */
    OcciMessage query() {
        return message(send("GET", base.resolve(path("/-/")), new byte[0]));
    }

    /** @return where the new resource is */
    URI create(Resource resource) {
        URI collection = base.resolve(path(resource.kind().location().orElseThrow()));
        HttpResponse<byte[]> answer = send("POST", collection, writer.entity(resource));
        String location = answer.headers()
                .firstValue("Location")
                .orElseThrow(() -> new DemoFailure("the node does not say where the new machine is"));
        return collection.resolve(location);
    }

    /** Empty when there is no such thing. */
    Optional<OcciMessage> read(URI location) {
        HttpResponse<byte[]> answer = exchange("GET", location, new byte[0]);
        return answer.statusCode() == 404 ? Optional.empty() : Optional.of(message(checked("GET", location, answer)));
    }

    void act(URI location, ActionDefinition action, Map<String, AttributeValue> arguments) {
        URI invocation = URI.create(location + "?action=" + action.id().term());
        send("POST", invocation, writer.invocation(action, arguments));
    }

    /** What is gone already is no error. */
    void delete(URI location) {
        HttpResponse<byte[]> answer = exchange("DELETE", location, new byte[0]);
        if (answer.statusCode() != 404) {
            checked("DELETE", location, answer);
        }
    }

    private String path(String path) {
        String root = base.getPath();
        return (root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + path;
    }

    private HttpResponse<byte[]> send(String method, URI target, byte[] body) {
        return checked(method, target, exchange(method, target, body));
    }

    private static HttpResponse<byte[]> checked(String method, URI target, HttpResponse<byte[]> answer) {
        if (answer.statusCode() / 100 != 2) {
            String said = new String(answer.body(), StandardCharsets.UTF_8).strip();
            throw new DemoFailure(
                    method + " " + target.getPath() + " was answered with " + answer.statusCode() + ": " + said);
        }
        return answer;
    }

    private HttpResponse<byte[]> exchange(String method, URI target, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(PATIENCE)
                .header("Accept", "text/plain")
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        if (body.length > 0) {
            request.header("Content-Type", "text/plain");
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException broken) {
            throw new DemoFailure(method + " " + target + " got no answer: " + broken.getMessage(), broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", interrupted);
        }
    }

    private OcciMessage message(HttpResponse<byte[]> answer) {
        try {
            return reader.read(answer.body());
        } catch (OcciSyntaxException unreadable) {
            throw new DemoFailure("the node's answer is no OCCI: " + unreadable.getMessage(), unreadable);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
