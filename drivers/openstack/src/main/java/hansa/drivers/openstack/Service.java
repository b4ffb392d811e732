package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One service of the cloud, called with our token. What the token is not good for any more is tried once again with a new one.
 */
final class Service {

    private static final int UNAUTHORISED = 401;
    private static final int NOT_ACCEPTABLE = 406;

    private final Wire wire;
    private final Keystone keystone;
    private final OpenStackSettings settings;
    private final ServiceKind kind;
    private volatile Optional<Version> version = Optional.empty();

    Service(Wire wire, Keystone keystone, OpenStackSettings settings, ServiceKind kind) {
        this.wire = wire;
        this.keystone = keystone;
        this.settings = settings;
        this.kind = kind;
    }

    /** Whether the catalogue has it. Asks Keystone where nobody did yet. */
    boolean exists() {
        return keystone.session().catalogue().find(kind, settings).isPresent();
    }

    /** The id of the project that we work in. */
    String project() {
        return keystone.session().project();
    }

    JsonNode get(String path) {
        return succeeded("GET", path, BodyPublishers.noBody(), Optional.empty()).json();
    }

    /** @return an empty object where the answer has no body */
    JsonNode post(String path, Object body) {
        return bodyOf(accepted("POST", path, body));
    }

    JsonNode put(String path, Object body) {
        return bodyOf(accepted("PUT", path, body));
    }

    Answer accepted(String method, String path, Object body) {
        BodyPublisher publisher = BodyPublishers.ofByteArray(Answer.MAPPER.writeValueAsBytes(body));
        return succeeded(method, path, publisher, Optional.of("application/json"));
    }

    void delete(String path) {
        succeeded("DELETE", path, BodyPublishers.noBody(), Optional.empty());
    }

    /** What is gone already is no error. */
    void deleteIfThere(String path) {
        try {
            delete(path);
        } catch (CloudException.NotFound e) {
            // Gone already, which is what was wanted.
        }
    }

    void putEmpty(String path) {
        succeeded("PUT", path, BodyPublishers.noBody(), Optional.empty());
    }

    private static JsonNode bodyOf(Answer answer) {
        return answer.isEmpty() ? JsonNodeFactory.instance.objectNode() : answer.json();
    }

    private Answer succeeded(String method, String path, BodyPublisher body, Optional<String> type) {
        Answer answer = withToken(
                session -> wire.call(request(session, method, path, body, type).build()), Answer::status);
        if (answer.status() == NOT_ACCEPTABLE && kind.versioned().isPresent()) {
            // The service was changed for one with other versions.
            version = Optional.empty();
        }
        if (!answer.succeeded()) {
            throw Refusals.of(method + " " + path.replaceAll("\\?.*", ""), answer);
        }
        return answer;
    }

    /** A call whose bodies are no JSON and may take long. */
    <T> HttpResponse<T> transfer(
            String method, String path, BodyPublisher body, HttpResponse.BodyHandler<T> handler, Duration within) {
        return withToken(
                session -> wire.exchange(
                        request(session, method, path, body, Optional.of("application/octet-stream"))
                                .build(),
                        handler,
                        within),
                HttpResponse::statusCode);
    }

    private <T> T withToken(Function<Session, T> call, Function<T, Integer> status) {
        Session session = keystone.session();
        T answer = call.apply(session);
        if (status.apply(answer) != UNAUTHORISED) {
            return answer;
        }
        keystone.forget(session);
        return call.apply(keystone.session());
    }

    private HttpRequest.Builder request(
            Session session, String method, String path, BodyPublisher body, Optional<String> type) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint(session) + path))
                .header("X-Auth-Token", session.token())
                .header("Accept", "application/json")
                .method(method, body);
        type.ifPresent(content -> request.header("Content-Type", content));
        kind.versioned()
                .ifPresent(name -> asked(session)
                        .ifPresent(wanted -> request.header("OpenStack-API-Version", name + " " + wanted)));
        return request;
    }

    private URI endpoint(Session session) {
        return session.catalogue()
                .find(kind, settings)
                .orElseThrow(() -> new CloudException.InvalidRequest("the cloud's catalogue has no service "
                        + kind.types().getFirst() + " that is "
                        + settings.endpoints()
                        + settings.region().map(region -> " in " + region).orElse("")));
    }

    /** What is spoken with it, which is asked for once. */
    Version version() {
        return version.orElseGet(() -> negotiated(keystone.session()));
    }

    private Optional<Version> asked(Session session) {
        return Optional.of(version.orElseGet(() -> negotiated(session))).filter(one -> !one.equals(Version.NONE));
    }

    private Version negotiated(Session session) {
        if (kind.versioned().isEmpty() || !settings.dialect().hasMicroversions()) {
            version = Optional.of(Version.NONE);
            return Version.NONE;
        }
        Answer answer = wire.call(HttpRequest.newBuilder(URI.create(root(session) + "/"))
                .header("Accept", "application/json")
                .header("X-Auth-Token", session.token())
                .GET()
                .build());
        // 300 is how a service with several versions lists them.
        if (!answer.succeeded() && answer.status() != 300 && answer.status() != 404) {
            throw Refusals.of("the question for its versions", answer);
        }
        Version agreed = VersionDocument.agree(answer.jsonOrNothing(), kind.ceiling());
        version = Optional.of(agreed);
        return agreed;
    }

    /** The endpoint without the project, which some catalogues append. */
    private String root(Session session) {
        String url = endpoint(session).toString();
        return url.replaceAll("(/v\\d+(?:\\.\\d+)?)/[^/]+$", "$1");
    }
}
