package hansa.faces.rest;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.faces.rest.TestNode.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Policies and the audit log over HTTP, with XACML itself. */
class PolicyTest {

    private TestNode node;
    private String operator;
    private String anna;

    @BeforeEach
    void start(@TempDir Path folder) {
        node = TestNode.start(folder);
        operator = node.operator();
        anna = node.user("anna");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    /** A policy with one rule for one action. */
    private static String policy(String id, String action, String effect) {
        return """
                <Policy xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicyId="%s" Version="1.0"
                 RuleCombiningAlgId="urn:oasis:names:tc:xacml:1.0:rule-combining-algorithm:first-applicable">
                <Target><AnyOf><AllOf><Match MatchId="urn:oasis:names:tc:xacml:1.0:function:string-equal">
                <AttributeValue DataType="http://www.w3.org/2001/XMLSchema#string">%s</AttributeValue>
                <AttributeDesignator Category="urn:oasis:names:tc:xacml:3.0:attribute-category:action"
                 AttributeId="urn:oasis:names:tc:xacml:1.0:action:action-id"
                 DataType="http://www.w3.org/2001/XMLSchema#string" MustBePresent="true"/>
                </Match></AllOf></AnyOf></Target>
                <Rule RuleId="all" Effect="%s"><Description>Nobody does it today.</Description></Rule></Policy>
                """.formatted(id, action, effect);
    }

    private static String wish(String text) {
        return JsonMapper.shared().writeValueAsString(Map.of("text", text, "note", "a try"));
    }

    private Answer put(String name, String text, Map<String, String> headers) {
        return node.send(operator, "PUT", "/policies/" + name, wish(text), headers);
    }

    @Test
    void a_version_holds_when_it_is_activated_and_its_denial_names_the_rule() {
        Answer written = put("no-tags", policy("no-tags", "tag.list", "Deny"), Map.of());
        assertThat(written.status()).as(written.text()).isEqualTo(201);
        assertThat(written.header("ETag")).isEqualTo("\"1\"");
        assertThat(written.json().has("active")).isFalse();
        assertThat(node.get(anna, "/tags").status()).isEqualTo(200);

        Answer activated = node.post(operator, "/policies/no-tags/activate", "");
        assertThat(activated.json().path("active").asLong()).isEqualTo(1);

        Answer denied = node.get(anna, "/tags");
        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.json().path("code").asString()).isEqualTo("policy.denied");
        assertThat(denied.text()).contains("Nobody does it today", "rule 'no-tags/all'");
    }

    @Test
    void an_older_version_is_gone_back_to_and_history_tells_all() {
        put("tags", policy("tags", "tag.list", "Permit"), Map.of());
        put("tags", policy("tags", "tag.list", "Deny"), Map.of());
        node.post(operator, "/policies/tags/activate", "");
        assertThat(node.get(anna, "/tags").status()).isEqualTo(403);

        Answer back = node.post(operator, "/policies/tags/activate", "{\"version\": 1}");
        assertThat(back.json().path("active").asLong()).isEqualTo(1);
        assertThat(node.get(anna, "/tags").status()).isEqualTo(200);

        JsonNode versions = node.get(operator, "/policies/tags/versions").json().path("items");
        assertThat(versions.size()).isEqualTo(2);
        assertThat(versions.path(0).path("version").asLong()).isEqualTo(2);
        assertThat(versions.path(0).path("note").asString()).isEqualTo("a try");
        assertThat(node.get(operator, "/policies/tags/versions/1")
                        .json()
                        .path("text")
                        .asString())
                .contains("Effect=\"Permit\"");
        assertThat(node.get(operator, "/policies/tags/versions/7").status()).isEqualTo(404);
    }

    @Test
    void a_change_of_another_generation_is_refused() {
        put("tags", policy("tags", "tag.list", "Permit"), Map.of());
        Map<String, String> old = Map.of("If-Match", "\"0\"");
        assertThat(put("tags", policy("tags", "tag.list", "Deny"), old).status())
                .isEqualTo(412);
        assertThat(node.send(operator, "POST", "/policies/tags/activate", "", old)
                        .status())
                .isEqualTo(412);
        assertThat(node.send(operator, "DELETE", "/policies/tags", "", old).status())
                .isEqualTo(412);
        assertThat(put("tags", policy("tags", "tag.list", "Deny"), Map.of("If-Match", "\"1\""))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void what_is_not_valid_is_refused_with_its_line_and_changes_nothing() {
        Answer bad = put("bad", policy("bad", "tag.list", "Maybe"), Map.of());
        assertThat(bad.status()).isEqualTo(422);
        assertThat(bad.text()).contains("bad line 9").contains("Maybe");
        assertThat(node.get(operator, "/policies/bad").status()).isEqualTo(404);
        assertThat(put("Bad.xml", policy("bad", "tag.list", "Deny"), Map.of()).status())
                .isEqualTo(422);
    }

    @Test
    void nobody_locks_themselves_out() {
        put("lock", policy("lock", "policy.update", "Deny"), Map.of());
        Answer refused = node.post(operator, "/policies/lock/activate", "");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("could not change policies any more");
        assertThat(node.delete(operator, "/policies/lock").status()).isEqualTo(204);
    }

    @Test
    void deleting_ends_it() {
        put("tags", policy("tags", "tag.list", "Deny"), Map.of());
        node.post(operator, "/policies/tags/activate", "");
        assertThat(node.delete(operator, "/policies/tags").status()).isEqualTo(204);
        assertThat(node.get(anna, "/tags").status()).isEqualTo(200);
        assertThat(node.get(operator, "/policies").json().path("items").size()).isZero();
    }

    @Test
    void a_dry_run_tells_what_would_have_been_decided_and_changes_nothing() {
        for (int i = 0; i < 3; i++) {
            assertThat(node.get(anna, "/tags").status()).isEqualTo(200);
        }
        String body = JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "put",
                        List.of(Map.of("name", "tags", "text", policy("tags", "tag.list", "Deny"))),
                        "limit",
                        2));
        Answer answer = node.post(operator, "/policies/dry-run", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("nowDenied").asLong()).isEqualTo(2);
        assertThat(answer.json().path("nowPermitted").asLong()).isZero();
        JsonNode difference = answer.json().path("differences").path(0);
        assertThat(difference.path("subject").asString()).isEqualTo("anna");
        assertThat(difference.path("action").asString()).isEqualTo("tag.list");
        assertThat(difference.path("decision").asString()).isEqualTo("permit");
        assertThat(difference.path("wouldBe").asString()).isEqualTo("deny");
        assertThat(difference.path("wouldRule").asString()).isEqualTo("tags/all");

        String rest = body.replace(
                "\"limit\":2",
                "\"limit\":2,\"after\":" + answer.json().path("after").asLong());
        assertThat(node.post(operator, "/policies/dry-run", rest)
                        .json()
                        .path("nowDenied")
                        .asLong())
                .isEqualTo(1);
        assertThat(node.get(anna, "/tags").status()).isEqualTo(200);
    }

    private void hold(String name, String action, String effect) {
        put(name, policy(name, action, effect), Map.of());
        assertThat(node.post(operator, "/policies/" + name + "/activate", "").status())
                .isEqualTo(200);
    }

    @Test
    void what_a_policy_does_not_let_be_read_is_not_listed() {
        String wanted = "{\"title\":\"one\",\"image\":\"tiny\",\"flavour\":\"small\"}";
        assertThat(node.post(anna, "/vms", wanted).status()).isEqualTo(201);
        assertThat(node.get(anna, "/vms").json().path("items").size()).isEqualTo(1);
        hold("closed", "machine.read", "Deny");
        assertThat(node.get(anna, "/vms").json().path("items").size()).isZero();
        assertThat(node.get(operator, "/vms").json().path("items").size()).isZero();
        hold("sites", "site.read", "Deny");
        assertThat(node.get(anna, "/clouds").json().path("items").size()).isZero();
        assertThat(node.get(anna, "/flavours").json().path("items").size()).isZero();
        assertThat(node.get(operator, "/audit?decision=deny&subject=anna")
                        .json()
                        .path("items")
                        .path(0)
                        .path("rule")
                        .asString())
                .isEqualTo("sites/all");
    }

    @Test
    void a_policy_decides_who_looks_after_users() {
        Answer denied = node.get(anna, "/users");
        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.text()).contains("user.list, rule 'operators'");
        hold("desk", "user.list", "Permit");
        hold("desk-makes", "user.create", "Permit");
        hold("desk-deletes", "user.delete", "Permit");
        assertThat(node.get(anna, "/users").status()).isEqualTo(200);
        assertThat(node.post(anna, "/users", "{\"name\":\"carl\",\"password\":\"long enough\"}")
                        .status())
                .isEqualTo(201);
        assertThat(node.delete(anna, "/users/carl").status()).isEqualTo(204);

        // Or whoever makes users could become what they like.
        String boss = "{\"name\":\"boss\",\"password\":\"long enough\",\"operator\":true}";
        Answer refused = node.post(anna, "/users", boss);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("rule 'operators'");
        assertThat(node.post(operator, "/users", boss).status()).isEqualTo(201);
        assertThat(node.delete(anna, "/users/boss").status()).isEqualTo(403);
        hold("no-users", "user.list", "Deny");
        assertThat(node.get(operator, "/users").status()).isEqualTo(403);
    }

    @Test
    void others_than_operators_neither_read_nor_write_policies_nor_the_log() {
        assertThat(node.get(anna, "/policies").status()).isEqualTo(403);
        assertThat(node.send(anna, "PUT", "/policies/x", wish("<x/>"), Map.of()).status())
                .isEqualTo(403);
        assertThat(node.post(anna, "/policies/dry-run", "{}").status()).isEqualTo(403);
        assertThat(node.get(anna, "/audit").status()).isEqualTo(403);
        assertThat(node.get(anna, "/audit/verification").status()).isEqualTo(403);
    }

    @Test
    void the_log_is_read_newest_first_with_filters_and_in_pages() {
        node.get(anna, "/tags");
        node.get(anna, "/audit");
        JsonNode denied =
                node.get(operator, "/audit?decision=deny&subject=anna").json().path("items");
        assertThat(denied.size()).isEqualTo(1);
        assertThat(denied.path(0).path("action").asString()).isEqualTo("audit.read");
        assertThat(denied.path(0).path("rule").asString()).isEqualTo("operators");
        assertThat(denied.path(0).path("by").asString()).isEqualTo("built-in");

        Answer first = node.get(operator, "/audit?limit=1");
        long sequence = first.json().path("items").path(0).path("sequence").asLong();
        assertThat(first.json().path("after").asString()).isEqualTo(Long.toString(sequence));
        Answer second = node.get(operator, first.json().path("next").asString().substring("/api/v1".length()));
        assertThat(second.json().path("items").path(0).path("sequence").asLong())
                .isEqualTo(sequence - 1);

        assertThat(node.get(operator, "/audit?since=yesterday").status()).isEqualTo(400);
        assertThat(node.get(operator, "/audit?decision=maybe").status()).isEqualTo(400);
        Answer whole = node.get(operator, "/audit/verification");
        assertThat(whole.json().path("intact").asBoolean()).isTrue();
        assertThat(whole.json().path("head").asString()).matches("[0-9a-f]{64}");
    }

    @Test
    void no_credential_stands_in_the_log() {
        node.get(anna, "/tags");
        assertThat(node.get(operator, "/audit").text()).doesNotContain(anna).doesNotContain(operator);
    }
}
