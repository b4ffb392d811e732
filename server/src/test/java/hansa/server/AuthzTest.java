package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions about access from outside, at a whole node. */
final class AuthzTest {

    private static HttpResponse<String> ask(RunningNode node, HttpClient http, String path, String type, String body)
            throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(node.endpoint("main") + path))
                        .header("Authorization", "Bearer " + node.token())
                        .header("Content-Type", type)
                        .header("X-Request-ID", "r-1")
                        .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void tells_what_would_be_decided_about_anybody(@TempDir Path folder) throws Exception {
        try (RunningNode node = RunningNode.start(folder.resolve("data"));
                HttpClient http = HttpClient.newHttpClient()) {
            String owned = "{'subject': {'type': 'user', 'id': 'alice'}, 'action': {'name': 'machine.delete'},"
                    + " 'resource': {'type': 'machine', 'id': 'm', 'properties': {'owner': '%s'}}}";
            assertThat(ask(node, http, "/access/v1/evaluation", "application/json", owned.formatted("alice"))
                            .body())
                    .isEqualTo("{\"decision\":true,\"context\":{\"rule\":\"owner\"}}");
            assertThat(ask(node, http, "/access/v1/evaluation", "application/json", owned.formatted("bob"))
                            .body())
                    .startsWith("{\"decision\":false,\"context\":{\"rule\":\"");

            HttpResponse<String> batch = ask(
                    node,
                    http,
                    "/access/v1/evaluations",
                    "application/json",
                    "{'subject': {'type': 'user', 'id': 'alice'}, 'action': {'name': 'image.read'}, 'evaluations': ["
                            + "{'resource': {'type': 'image', 'id': 'a', 'properties': {'vo': 'vo'}}},"
                            + "{'resource': {'type': 'image', 'id': 'b'}}],"
                            + " 'options': {'evaluations_semantic': 'permit_on_first_permit'}}");
            assertThat(batch.body()).contains("\"decision\":false").endsWith("\"rule\":\"shared\"}}]}");

            HttpResponse<String> xacml = ask(
                    node,
                    http,
                    "/authorize/pdp",
                    "application/xacml+json",
                    "{'Request': {'AccessSubject': {'Attribute': ["
                            + "{'AttributeId': 'urn:oasis:names:tc:xacml:1.0:subject:subject-id', 'Value': 'alice'},"
                            + "{'AttributeId': 'urn:hansa:subject:fqan', 'Value': ['/vo/Role=manager']}]},"
                            + "'Action': {'Attribute': [{'AttributeId': 'urn:oasis:names:tc:xacml:1.0:action:action-id',"
                            + " 'Value': 'machine.delete'}]}, 'Resource': {'Attribute': ["
                            + "{'AttributeId': 'urn:hansa:resource:type', 'Value': 'machine'},"
                            + "{'AttributeId': 'urn:hansa:resource:owner', 'Value': 'bob'},"
                            + "{'AttributeId': 'urn:hansa:resource:vo', 'Value': 'vo'}]}}}");
            assertThat(xacml.body()).contains("\"Decision\":\"Permit\"", "\"Id\":\"vo-manager\"");

            HttpResponse<String> wrong = ask(node, http, "/access/v1/evaluation", "application/json", "{}");
            assertThat(wrong.statusCode()).isEqualTo(400);
            assertThat(wrong.body()).isEqualTo("The question is not understood: 'subject' is missing or no object.\n");
            assertThat(ask(node, http, "/access/v1/evaluation", "text/plain", "{}")
                            .statusCode())
                    .isEqualTo(415);
        }
    }
}
