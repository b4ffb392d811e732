package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import java.net.http.HttpHeaders;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** What a service answered to one call. */
record Answer(int status, HttpHeaders headers, byte[] body) {

    static final JsonMapper MAPPER = JsonMapper.builder().build();

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
