package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** What a service answered to one call. */
final class Answer {

    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    /** @param body is not copied and must not change */
    Answer(int status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    int status() {
        return status;
    }

    boolean isEmpty() {
        return body.length == 0;
    }

    /** The beginning of the body as text. */
    String text(int mostBytes) {
        return new String(body, 0, Math.min(body.length, mostBytes), StandardCharsets.UTF_8);
    }

    boolean succeeded() {
        return status >= 200 && status < 300;
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** @throws CloudException.Unavailable when it is no JSON object */
    JsonNode json() {
        try {
            if (MAPPER.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new CloudException.Unavailable("OpenStack does not answer as it should: no JSON", e);
        }
        throw new CloudException.Unavailable("OpenStack does not answer as it should: no JSON object");
    }

    /** For refusals, which may be anything. */
    JsonNode jsonOrNothing() {
        try {
            return MAPPER.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }
}
