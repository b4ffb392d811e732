package hansa.faces.rest;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.faces.rest.TestNode.Answer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Virtual organisations over HTTP. */
class VoRoutesTest {

    private TestNode node;
    private String operator;
    private String anna;

    @BeforeEach
    void start(@TempDir Path folder) {
        node = TestNode.start(folder);
        operator = node.operator();
        anna = node.user("anna");
        assertThat(node.post(operator, "/vos", "{\"name\":\"biomed\",\"title\":\"Biomedicine\"}")
                        .status())
                .isEqualTo(201);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void changesAreMadeToTheGenerationThatTheClientKnows() {
        Answer shown = node.get(operator, "/vos/biomed");
        assertThat(shown.header("ETag")).isEqualTo("\"1\"");
        assertThat(shown.json().path("title").asString()).isEqualTo("Biomedicine");
        Answer changed = node.send(
                operator,
                "PATCH",
                "/vos/biomed",
                "{\"costCentre\":\"CC-17\",\"memberDays\":30}",
                Map.of("If-Match", "\"1\""));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().path("memberDays").asInt()).isEqualTo(30);
        assertThat(node.send(operator, "PATCH", "/vos/biomed", "{\"title\":\"x\"}", Map.of("If-Match", "\"1\""))
                        .status())
                .isEqualTo(412);
        assertThat(node.get(anna, "/vos/biomed").json().has("costCentre")).isFalse();
        assertThat(node.patch(operator, "/vos/biomed", "{\"costCentre\":null}")
                        .json()
                        .has("costCentre"))
                .isFalse();
    }

    @Test
    void membersHaveTheirGroupsInTheirPaths() {
        assertThat(node.post(operator, "/vos/biomed/groups", "{\"path\":\"imaging\"}")
                        .header("Location"))
                .isEqualTo("/api/v1/vos/biomed/groups/%2Fbiomed%2Fimaging");
        Answer made = node.post(
                operator, "/vos/biomed/members", "{\"id\":\"/DC=org/CN=Anna\",\"expires\":\"2100-01-01T00:00:00Z\"}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String path = made.header("Location").substring("/api/v1".length());
        Answer granted = node.send(operator, "PUT", path + "/rights/imaging%2FRole=vm_operator", "", Map.of());
        assertThat(granted.json().path("rights").path(0).asString()).isEqualTo("/biomed/imaging/Role=vm_operator");
        assertThat(node.get(operator, "/vos/biomed/members?group=imaging")
                        .json()
                        .path("items")
                        .path(0)
                        .path("expires")
                        .asString())
                .isEqualTo("2100-01-01T00:00:00Z");
        assertThat(node.delete(operator, "/vos/biomed/groups/imaging").status()).isEqualTo(409);
        assertThat(node.delete(operator, path + "/rights/imaging").json().path("rights"))
                .isEmpty();
        assertThat(node.delete(operator, "/vos/biomed/groups/imaging").status()).isEqualTo(204);
        assertThat(node.delete(operator, path).status()).isEqualTo(204);
        assertThat(node.get(operator, path).status()).isEqualTo(404);
    }

    @Test
    void whoAsksIsToldTheDecision() {
        Answer asked = node.post(anna, "/vos/biomed/requests", "{\"text\":\"please\"}");
        String path = asked.header("Location").substring("/api/v1".length());
        assertThat(asked.json().path("right").asString()).isEqualTo("/biomed");
        assertThat(node.post(anna, path + "/actions/approve", "").status()).isEqualTo(403);
        assertThat(node.get(node.user("bob"), path).status()).isEqualTo(404);
        assertThat(node.post(operator, path + "/actions/refuse", "").status()).isEqualTo(422);
        assertThat(node.post(operator, path + "/actions/refuse", "{\"reason\":\"not now\"}")
                        .status())
                .isEqualTo(200);
        assertThat(node.get(anna, path).json().path("reason").asString()).isEqualTo("not now");
        assertThat(node.post(operator, path + "/actions/approve", "").status()).isEqualTo(409);
        assertThat(node.get(anna, "/vos/biomed/requests?state=refused").json().path("items"))
                .hasSize(1);
        assertThat(node.get(anna, "/vos/atlas/requests").status()).isEqualTo(404);
    }

    @Test
    void operatorsSayUnderWhichAccountsMembersWork() {
        String rule = "/vos/biomed/account-rules/sim";
        Answer made = node.send(operator, "PUT", rule, "{\"accounts\":[\"bio1\",\"bio2\"]}", Map.of());
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.header("ETag")).isEqualTo("\"1\"");
        assertThat(made.json().path("idleSeconds").asLong()).isEqualTo(86_400);
        assertThat(made.json().path("state").asString()).isEqualTo("off");
        for (String wrong : new String[] {
            "{\"accounts\":[\"bio1\"],\"push\":true}",
            "{\"accounts\":[\"bio1\"],\"account\":\"bio\"}",
            "{\"account\":\"bio\",\"idleSeconds\":5}",
            "{\"accounts\":[\"bio1\"],\"idleSeconds\":999999999999}",
            "{\"accounts\":[]}",
            "{\"template\":\"{hash} x\"}"
        }) {
            assertThat(node.send(operator, "PUT", rule, wrong, Map.of()).status())
                    .as(wrong)
                    .isEqualTo(422);
        }
        assertThat(node.send(operator, "PUT", rule, "{}", Map.of("If-Match", "\"9\""))
                        .status())
                .isEqualTo(412);
        assertThat(node.send(operator, "PUT", rule, "{}", Map.of())
                        .json()
                        .path("template")
                        .asString())
                .isEqualTo("{vo}-{hash}");
        assertThat(node.get(operator, "/vos/biomed/account-rules").json().path("items"))
                .hasSize(1);
        assertThat(node.get(anna, "/vos/biomed/account-rules").status()).isEqualTo(403);
        assertThat(node.get(anna, "/vos/biomed/accounts").status()).isEqualTo(403);
        assertThat(node.get(operator, "/vos/biomed/accounts?ended=true").json().path("items"))
                .isEmpty();
        assertThat(node.get(operator, "/vos/biomed/accounts?ended=perhaps").status())
                .isEqualTo(400);
        assertThat(node.send(operator, "PUT", "/vos/biomed/account-rules/none", "{}", Map.of())
                        .status())
                .isEqualTo(404);
        String special = rule + "/imaging%2FRole=vm_operator";
        assertThat(node.send(operator, "PUT", special, "{\"account\":\"imagers\"}", Map.of())
                        .json()
                        .path("fqan")
                        .asString())
                .isEqualTo("/biomed/imaging/Role=vm_operator");
        assertThat(node.send(operator, "PUT", special, "{\"fqan\":\"/biomed/imaging/Role=vm_operator\"}", Map.of())
                        .status())
                .isEqualTo(422);
        for (String wrong : new String[] {"{\"fqan\":\"/biomed\"}", "{\"fqan\":\"/x/Role=/\"}"}) {
            assertThat(node.send(operator, "PUT", special, wrong, Map.of()).text())
                    .as(wrong)
                    .contains("attribute.invalid");
        }
        assertThat(node.get(operator, "/vos/biomed/account-rules?limit=1")
                        .json()
                        .path("after")
                        .asString())
                .isEqualTo("sim/biomed");
        assertThat(node.get(operator, "/vos/biomed/account-rules?after=sim%2Fbiomed")
                        .json()
                        .path("items")
                        .path(0)
                        .path("account")
                        .asString())
                .isEqualTo("imagers");
        assertThat(node.delete(operator, rule).status()).isEqualTo(204);
        assertThat(node.delete(operator, rule).status()).isEqualTo(404);
        assertThat(node.delete(operator, special).status()).isEqualTo(204);
        assertThat(node.delete(operator, special).status()).isEqualTo(404);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThat(node.post(operator, "/vos", "{\"name\":\"a b\"}").status()).isEqualTo(422);
        assertThat(node.post(operator, "/vos", "{\"name\":\"biomed\"}").status())
                .isEqualTo(409);
        assertThat(node.post(anna, "/vos", "{\"name\":\"mine\"}").status()).isEqualTo(403);
        assertThat(node.post(anna, "/vos/biomed/requests", "{\"right\":\"Role=NULL/x y\"}")
                        .status())
                .isEqualTo(422);
        assertThat(node.get(anna, "/vos/biomed/members").status()).isEqualTo(403);
        assertThat(node.get(operator, "/vos/biomed/members?group=" + "a".repeat(600))
                        .status())
                .isEqualTo(422);
        assertThat(node.patch(operator, "/vos/biomed", "{\"memberDays\":-1}").status())
                .isEqualTo(422);
        assertThat(node.get(operator, "/vos/none").status()).isEqualTo(404);
    }
}
