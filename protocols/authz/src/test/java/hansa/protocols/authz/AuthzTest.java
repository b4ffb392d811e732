package hansa.protocols.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.protocols.authz.Authzen.Answer;
import hansa.protocols.authz.Authzen.Batch;
import hansa.protocols.authz.Authzen.Semantic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthzTest {

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    @Test
    void reads_a_question_of_authzen() throws Unreadable {
        AuthzenQuestion question = Authzen.question(bytes("""
                {'subject': {'type': 'user', 'id': 'alice', 'properties': {'fqans': ['/vo', '/vo/Role=r'], 'operator': false}},
                 'action': {'name': 'machine.read'}, 'resource': {'type': 'machine', 'id': 'm'},
                 'context': {'time': '2026-11-25T10:00:00Z'}}"""));
        assertThat(question.subject().id()).isEqualTo("alice");
        assertThat(question.subject().properties())
                .containsEntry("fqans", List.of("/vo", "/vo/Role=r"))
                .containsEntry("operator", List.of("false"));
        assertThat(question.action()).isEqualTo("machine.read");
        assertThat(question.resource().type()).isEqualTo("machine");
        assertThat(question.context()).containsEntry("time", List.of("2026-11-25T10:00:00Z"));
    }

    @Test
    void what_a_question_of_a_batch_leaves_out_comes_from_the_whole() throws Unreadable {
        Batch batch = Authzen.batch(bytes("""
                {'subject': {'type': 'user', 'id': 'alice'}, 'action': {'name': 'machine.read'},
                 'evaluations': [{'resource': {'type': 'machine', 'id': 'a'}},
                  {'resource': {'type': 'machine', 'id': 'b'}, 'action': {'name': 'machine.delete'}}],
                 'options': {'evaluations_semantic': 'deny_on_first_deny'}}"""));
        assertThat(batch.questions())
                .extracting(AuthzenQuestion::action)
                .containsExactly("machine.read", "machine.delete");
        assertThat(batch.questions())
                .extracting(question -> question.resource().id())
                .containsExactly("a", "b");
        assertThat(batch.semantic()).isEqualTo(Semantic.DENY_ON_FIRST_DENY);
    }

    @Test
    void writes_answers_of_authzen() {
        assertThat(text(Authzen.write(new Answer(true, "owner", ""))))
                .isEqualTo("{\"decision\":true,\"context\":{\"rule\":\"owner\"}}");
        assertThat(text(Authzen.write(List.of(new Answer(false, "default", "No.")))))
                .isEqualTo(
                        "{\"evaluations\":[{\"decision\":false,\"context\":{\"rule\":\"default\",\"reason\":\"No.\"}}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{} {}",
                "{'subject': {'type': 'user'}, 'action': {'name': 'a'}, 'resource': {'type': 't', 'id': 'i'}}",
                "{'subject': {'type': 'user', 'id': 1}, 'action': {'name': 'a'}, 'resource': {'type': 't', 'id': 'i'}}",
                "{'subject': {'type': 'user', 'id': 'u'}, 'action': {}, 'resource': {'type': 't', 'id': 'i'}}",
                "{'subject': {'type': 'user', 'id': 'u', 'properties': {'x': {}}}, 'action': {'name': 'a'},"
                        + " 'resource': {'type': 't', 'id': 'i'}}",
                "{'subject': {'type': 'user', 'id': 'u', 'id': 'v'}, 'action': {'name': 'a'}, 'resource': {'type': 't', 'id': 'i'}}"
            })
    void refuses_what_is_no_question(String body) {
        assertThatThrownBy(() -> Authzen.question(bytes(body))).isInstanceOf(Unreadable.class);
    }

    @Test
    void reads_a_request_of_xacml_in_both_notations() throws Unreadable {
        XacmlJson.Question question = XacmlJson.question(bytes("""
                {'Request': {'AccessSubject': {'Attribute': [{'AttributeId': 's', 'Value': ['a', 'b']}]},
                 'Category': [{'CategoryId': 'Action', 'Attribute': [{'AttributeId': 'a', 'Value': 'x', 'DataType': 'string'}]},
                  {'CategoryId': '%s', 'Attribute': [{'AttributeId': 'r', 'Value': true}]}]}}""".formatted(XacmlJson.RESOURCE)));
        assertThat(question.all(XacmlJson.SUBJECT, "s")).containsExactly("a", "b");
        assertThat(question.one(XacmlJson.ACTION, "a")).contains("x");
        assertThat(question.one(XacmlJson.RESOURCE, "r")).contains("true");
        assertThat(question.one(XacmlJson.RESOURCE, "none")).isEmpty();
        assertThatThrownBy(() -> question.one(XacmlJson.SUBJECT, "s")).isInstanceOf(Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'Request': {'MultiRequests': {}}}",
                "{'Request': {'Resource': [{}, {}]}}",
                "{'Request': {'Resource': {}, 'Category': [{'CategoryId': 'Resource'}]}}",
                "{'Request': {'Resource': {'Content': '<x/>'}}}",
                "{'Request': {'Resource': {'Attribute': [{'AttributeId': 'r'}]}}}"
            })
    void refuses_what_is_no_single_request(String body) {
        assertThatThrownBy(() -> XacmlJson.question(bytes(body))).isInstanceOf(Unreadable.class);
    }

    @Test
    void writes_a_response_of_xacml() {
        assertThat(text(XacmlJson.write(XacmlJson.Verdict.DENY, "default", "No.")))
                .isEqualTo("{\"Response\":[{\"Decision\":\"Deny\",\"Status\":{\"StatusCode\":{\"Value\":"
                        + "\"urn:oasis:names:tc:xacml:1.0:status:ok\"},\"StatusMessage\":\"No.\"},"
                        + "\"PolicyIdentifierList\":{\"PolicyIdReference\":[{\"Id\":\"default\"}]}}]}");
    }
}
