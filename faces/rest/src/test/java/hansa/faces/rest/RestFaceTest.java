package hansa.faces.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.faces.rest.TestNode.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestFaceTest {

    private TestNode node;
    private String alice;
    private String bob;
    private String operator;

    @BeforeAll
    void start(@TempDir Path folder) {
        node = TestNode.start(folder);
        alice = node.user("alice");
        bob = node.user("bob");
        operator = node.operator();
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private JsonNode settled(String token, String path, String state) {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            JsonNode seen = node.get(token, path).json();
            assertThat(seen.path("state").asString()).isNotEqualTo("error");
            return seen.path("state").asString().equals(state);
        });
        return node.get(token, path).json();
    }

    private void gone(String token, String path) {
        await().atMost(Duration.ofSeconds(20)).until(() -> node.get(token, path).status() == 404);
    }

    @Test
    void plansMakesSetsAndExplains() {
        String vm = "{\"title\":\"set\",\"image\":\"tiny\",\"flavour\":\"small\",\"placement\":"
                + "{\"requirements\":\"FREE_CPU > 0\",\"policy\":\"striping\",\"groups\":[\"rest\"]}}";
        Answer plan = node.post(alice, "/vm-plans", "{\"count\":2,\"vm\":" + vm + "}");
        assertThat(plan.status()).as(plan.text()).isEqualTo(200);
        assertThat(plan.json().path("placed").asBoolean()).isTrue();
        assertThat(plan.json().path("seats").size()).isEqualTo(2);
        Answer set = node.post(alice, "/vm-sets", "{\"count\":2,\"vm\":" + vm + "}");
        assertThat(set.status()).as(set.text()).isEqualTo(201);
        String id = set.json().path("items").path(0).path("id").asString();
        JsonNode why = node.get(alice, "/vms/" + id + "/plan").json();
        assertThat(why.path("requirements").asString()).isEqualTo("FREE_CPU > 0");
        assertThat(why.path("candidates").path(0).path("cloud").asString())
                .isEqualTo(why.path("cloud").asString());
        assertThat(node.get(bob, "/vms/" + id + "/plan").status()).isEqualTo(404);
        for (String wrong : new String[] {
            vm.replace("FREE_CPU > 0", "FREE_CPU >"),
            vm.replace("\"groups\":[\"rest\"]", "\"affinities\":[{\"group\":\"g\",\"scope\":\"host\"}]"),
            vm.replace("\"groups\":[\"rest\"]", "\"budget\":\"much\""),
            vm.replace("\"groups\":[\"rest\"]", "\"site\":\"nowhere\"")
        }) {
            assertThat(node.post(alice, "/vms", wrong).status()).as(wrong).isIn(400, 409, 422);
        }
        assertThat(node.post(alice, "/vm-sets", "{\"count\":0,\"vm\":" + vm + "}")
                        .status())
                .isEqualTo(422);
        String alone = vm.replace(
                "\"groups\":[\"rest\"]",
                "\"groups\":[\"alone\"],\"affinities\":[{\"group\":\"alone\",\"relation\":\"apart\",\"scope\":\"host\"}]");
        Answer apart = node.post(alice, "/vms", alone);
        assertThat(apart.status()).as(apart.text()).isEqualTo(201);
        Answer otherwise = node.post(alice, "/vms", alone.replace("apart", "together"));
        assertThat(otherwise.status()).isEqualTo(409);
        assertThat(otherwise.text()).contains("The machines of the group 'alone' want no host in common");
        node.delete(alice, "/vms/" + apart.json().path("id").asString());
        Answer spread = node.post(
                alice, "/vms", vm.replace("\"groups\":[\"rest\"]", "\"spread\":{\"scope\":\"host\",\"atMost\":1}"));
        assertThat(spread.status()).isEqualTo(422);
        assertThat(spread.text()).contains("over clouds or sites");
        JsonNode inventory = node.get(alice, "/inventory").json().path("items").path(0);
        assertThat(inventory.path("state").asString()).isEqualTo("up");
        assertThat(inventory.path("told").asString()).isNotEmpty();
        set.json()
                .path("items")
                .forEach(made -> node.delete(alice, "/vms/" + made.path("id").asString()));
    }

    @Test
    void carriesAMachineThroughItsLife() {
        String userData = Base64.getEncoder()
                .encodeToString("#!/bin/sh\necho \"configured by rest\"\n".getBytes(StandardCharsets.UTF_8));
        Answer created = node.post(alice, "/vms", """
                {"title":"web","summary":"a site","hostname":"web","image":"tiny","flavour":"small",
                 "userData":"%s","nics":[{"network":"private"}]}
                """.formatted(userData));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("state").asString()).isEqualTo("pending");
        String path = created.header("Location").replaceFirst("^/api/v1", "");
        assertThat(path).isEqualTo("/vms/" + created.json().path("id").asString());
        assertThat(created.header("ETag"))
                .isEqualTo("\"" + created.json().path("generation").asLong() + "\"");

        JsonNode active = settled(alice, path, "active");
        assertThat(active.path("desired").asString()).isEqualTo("running");
        assertThat(active.path("owner").asString()).isEqualTo("alice");
        assertThat(active.path("hasUserData").asBoolean()).isTrue();
        assertThat(active.has("userData")).isFalse();
        assertThat(active.path("nics")).hasSize(1);
        assertThat(active.path("nics").get(0).path("networkTitle").asString()).isEqualTo("private");

        await().until(() -> node.get(alice, path + "/console").text().contains("configured by rest"));
        Answer console = node.get(alice, path + "/console?offset=0&limit=10");
        assertThat(console.text()).hasSize(10);
        assertThat(console.header("Link")).isEqualTo("</api/v1" + path + "/console?offset=10>; rel=\"next\"");

        assertThat(node.post(alice, path + "/actions/stop", "{\"method\":\"poweroff\"}")
                        .status())
                .isEqualTo(202);
        settled(alice, path, "inactive");
        assertThat(node.post(alice, path + "/actions/start", "").status()).isEqualTo(202);
        settled(alice, path, "active");
        assertThat(node.post(alice, path + "/actions/suspend", "{}").status()).isEqualTo(202);
        settled(alice, path, "suspended");
        assertThat(node.post(alice, path + "/actions/start", "").status()).isEqualTo(202);
        settled(alice, path, "active");

        Answer saved = node.post(alice, path + "/actions/save", "{\"name\":\"golden\"}");
        assertThat(saved.status()).isEqualTo(202);
        assertThat(saved.json().path("title").asString()).isEqualTo("golden");
        settled(alice, saved.header("Location").replaceFirst("^/api/v1", ""), "ready");

        assertThat(node.delete(alice, path).status()).isEqualTo(202);
        gone(alice, path);
    }

    @Test
    void changesAMachineOnlyIfItIsTheOneThatTheClientKnows() {
        String path = "/vms/" + machine(alice, "versioned");
        settled(alice, path, "active");
        String tag = node.get(alice, path).header("ETag");
        Answer changed =
                node.send(alice, "PATCH", path, "{\"title\":\"renamed\",\"summary\":null}", Map.of("If-Match", tag));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().path("title").asString()).isEqualTo("renamed");

        Answer late = node.send(alice, "PATCH", path, "{\"title\":\"lost\"}", Map.of("If-Match", tag));
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.json().path("code").asString()).isEqualTo("resource.changed");
        assertThat(node.send(alice, "DELETE", path, "", Map.of("If-Match", tag)).status())
                .isEqualTo(412);
        assertThat(node.get(alice, path).json().path("title").asString()).isEqualTo("renamed");

        String now = node.get(alice, path).header("ETag");
        assertThat(node.send(alice, "GET", path, "", Map.of("If-None-Match", now))
                        .status())
                .isEqualTo(304);
        node.delete(alice, path);
        gone(alice, path);
    }

    @Test
    void answersAWaitingReaderAsSoonAsTheMachineChanges() {
        Answer created = node.post(alice, "/vms", "{\"title\":\"awaited\",\"image\":\"tiny\",\"flavour\":\"small\"}");
        JsonNode seen = created.json();
        String path = "/vms/" + seen.path("id").asString();
        List<String> states = new ArrayList<>(List.of(seen.path("state").asString()));
        while (!seen.path("state").asString().equals("active")) {
            long generation = seen.path("generation").asLong();
            seen = node.get(alice, path + "?changedAfter=" + generation + "&timeoutSeconds=5")
                    .json();
            assertThat(seen.path("generation").asLong()).isGreaterThan(generation);
            states.add(seen.path("state").asString());
        }
        assertThat(states).startsWith("pending").endsWith("active");
        Answer unchanged = node.get(
                alice, path + "?changedAfter=" + (seen.path("generation").asLong() + 1000) + "&timeoutSeconds=0");
        assertThat(unchanged.status()).isEqualTo(200);
        node.delete(alice, path);
        gone(alice, path);
    }

    @Test
    void keepsOneCallersThingsFromAnother() {
        String path = "/vms/" + machine(alice, "secret");
        assertThat(node.get(bob, path).status()).isEqualTo(404);
        assertThat(node.delete(bob, path).status()).isEqualTo(404);
        assertThat(node.get(bob, "/vms").json().path("items")).isEmpty();
        assertThat(node.get(operator, path).status()).isEqualTo(200);
        node.delete(alice, path);
        gone(alice, path);
    }

    private String machine(String token, String title) {
        Answer created = node.post(
                token, "/vms", "{\"title\":\"%s\",\"image\":\"tiny\",\"flavour\":\"small\"}".formatted(title));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.json().path("id").asString();
    }

    @Test
    void pagesThroughListsByTheNextLink() {
        String carol = node.operator();
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(node.post(carol, "/volumes", "{\"title\":\"paged-%d\",\"sizeMib\":10}".formatted(i))
                    .json()
                    .path("id")
                    .asString());
        }
        List<String> listed = new ArrayList<>();
        String path = "/volumes?limit=2&cloud=sim";
        while (!path.isEmpty()) {
            Answer page = node.get(carol, path);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.json().path("items").size()).isLessThanOrEqualTo(2);
            page.json().path("items").forEach(item -> listed.add(item.path("id").asString()));
            path = page.json().path("next").asString("").replaceFirst("^/api/v1", "");
        }
        assertThat(listed).containsSubsequence(made);
        assertThat(node.get(carol, "/volumes?title=paged-3").json().path("items"))
                .hasSize(1);
        made.forEach(id -> node.delete(carol, "/volumes/" + id));
        made.forEach(id -> gone(carol, "/volumes/" + id));
    }

    @Test
    void copiesAVolumeAndMakesAnotherOfTheCopy() {
        String erin = node.user("erin");
        node.post(erin, "/volumes", "{\"id\":\"books\",\"title\":\"books\",\"sizeMib\":100}");
        settled(erin, "/volumes/books", "online");
        Answer made = node.post(erin, "/volumes/books/actions/snapshot", "{\"id\":\"books-1\",\"title\":\"first\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location")).endsWith("/volumes/books-1");
        assertThat(made.json().path("state").asString()).isEqualTo("pending");
        settled(erin, "/volumes/books-1", "offline");
        Answer copy = node.get(erin, "/volumes/books-1");
        assertThat(copy.json().path("kind").asString()).isEqualTo("snapshot");
        assertThat(copy.json().path("of").asString()).isEqualTo("books");
        assertThat(copy.json().has("taken")).isTrue();
        assertThat(node.get(erin, "/volumes?of=books").json().path("items")).hasSize(1);
        assertThat(node.get(erin, "/volumes?kind=volume").json().path("items")).hasSize(1);
        assertThat(node.get(erin, "/volumes?kind=floppy").status()).isEqualTo(422);
        assertThat(node.delete(erin, "/volumes/books").json().path("code").asString())
                .isEqualTo("resource.in-use");
        assertThat(node.post(erin, "/volumes", "{\"title\":\"x\"}")
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("attribute.missing");
        assertThat(node.post(erin, "/volumes", "{\"sizeMib\":0,\"from\":\"books-1\"}")
                        .status())
                .isEqualTo(422);
        Answer again = node.post(erin, "/volumes", "{\"id\":\"books-2\",\"from\":\"books-1\"}");
        assertThat(again.json().path("sizeMib").asLong()).isEqualTo(100);
        assertThat(again.json().path("from").asString()).isEqualTo("books-1");
        settled(erin, "/volumes/books-2", "online");
        assertThat(node.post(erin, "/volumes/books-1/actions/backup", "").status())
                .isEqualTo(409);
        for (String id : List.of("books-1", "books-2", "books")) {
            node.delete(erin, "/volumes/" + id);
            gone(erin, "/volumes/" + id);
        }
    }

    @Test
    void plugsVolumesAndNetworksIntoAMachineAndOutOfIt() {
        String vm = "/vms/" + machine(bob, "plugged");
        settled(bob, vm, "active");
        Answer volume = node.post(bob, "/volumes", "{\"title\":\"data\",\"sizeMib\":100}");
        assertThat(volume.status()).isEqualTo(201);
        String volumeId = volume.json().path("id").asString();
        settled(bob, "/volumes/" + volumeId, "online");

        Answer attachment = node.post(bob, vm + "/attachments", "{\"volume\":\"%s\"}".formatted(volumeId));
        assertThat(attachment.status()).isEqualTo(201);
        String attached = attachment.header("Location").replaceFirst("^/api/v1", "");
        settled(bob, attached, "active");
        assertThat(node.get(bob, "/volumes/" + volumeId).json().path("vm").asString())
                .isEqualTo(vm.substring("/vms/".length()));
        assertThat(node.delete(bob, "/volumes/" + volumeId).json().path("code").asString())
                .isEqualTo("resource.in-use");
        assertThat(node.get(bob, vm + "/attachments").json().path("items")).hasSize(1);
        assertThat(node.delete(bob, attached).status()).isEqualTo(202);
        gone(bob, attached);

        Answer nic = node.post(bob, vm + "/nics", "{\"network\":\"private\"}");
        assertThat(nic.status()).as(nic.text()).isEqualTo(201);
        String plugged = nic.header("Location").replaceFirst("^/api/v1", "");
        settled(bob, plugged, "active");
        assertThat(node.delete(bob, plugged).status()).isEqualTo(202);
        gone(bob, plugged);

        Answer larger = node.patch(bob, "/volumes/" + volumeId, "{\"sizeMib\":200}");
        assertThat(larger.status()).isEqualTo(200);
        assertThat(larger.json().path("sizeMib").asLong()).isEqualTo(200);
        node.delete(bob, vm);
        gone(bob, vm);
        settled(bob, "/volumes/" + volumeId, "online");
        node.delete(bob, "/volumes/" + volumeId);
        gone(bob, "/volumes/" + volumeId);
    }

    @Test
    void makesNetworksAndTakesThemDown() {
        Answer made = node.post(bob, "/networks", "{\"title\":\"back\",\"cidr\":\"10.77.0.0/24\"}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String path = "/networks/" + made.json().path("id").asString();
        settled(bob, path, "active");
        assertThat(node.post(bob, path + "/actions/down", "").status()).isEqualTo(202);
        settled(bob, path, "inactive");
        assertThat(node.post(bob, path + "/actions/up", "").status()).isEqualTo(202);
        settled(bob, path, "active");
        assertThat(node.patch(bob, path, "{\"label\":\"v\"}")
                        .json()
                        .path("label")
                        .asString())
                .isEqualTo("v");
        assertThat(node.delete(bob, path).status()).isEqualTo(202);
        gone(bob, path);
    }

    @Test
    void putsTagsOnThings() {
        String volume = node.post(bob, "/volumes", "{\"title\":\"tagged\",\"sizeMib\":10}")
                .json()
                .path("id")
                .asString();
        Answer tag = node.post(bob, "/tags", "{\"id\":\"nightly\",\"title\":\"at night\"}");
        assertThat(tag.status()).as(tag.text()).isEqualTo(201);
        assertThat(tag.json().path("id").asString()).isEqualTo("urn:hansa:tags:bob#nightly");
        assertThat(tag.json().path("name").asString()).isEqualTo("nightly");
        assertThat(node.get(bob, tag.header("Location").replaceFirst("^/api/v1", ""))
                        .json()
                        .path("title")
                        .asString())
                .isEqualTo("at night");

        assertThat(node.send(bob, "PUT", "/tags/nightly/members/volume/" + volume, "", Map.of())
                        .status())
                .isEqualTo(204);
        assertThat(node.get(bob, "/volumes?tag=nightly").json().path("items")).hasSize(1);
        JsonNode member =
                node.get(bob, "/tags/nightly/members").json().path("items").get(0);
        assertThat(member.path("kind").asString()).isEqualTo("volume");
        assertThat(member.path("id").asString()).isEqualTo(volume);
        assertThat(node.delete(bob, "/tags/nightly/members/volume/" + volume).status())
                .isEqualTo(204);
        assertThat(node.get(bob, "/volumes?tag=nightly").json().path("items")).isEmpty();
        assertThat(node.get(alice, "/tags/urn%3Ahansa%3Atags%3Abob%23nightly").status())
                .isEqualTo(404);
        assertThat(node.delete(bob, "/tags/nightly").status()).isEqualTo(204);
        assertThat(node.get(bob, "/tags/nightly").status()).isEqualTo(404);
        node.delete(bob, "/volumes/" + volume);
        gone(bob, "/volumes/" + volume);
    }

    @Test
    void showsWhatTheFederationOffers() {
        assertThat(node.get(alice, "/sites/here")
                        .json()
                        .path("clouds")
                        .get(0)
                        .path("name")
                        .asString())
                .isEqualTo("sim");
        JsonNode cloud = node.get(alice, "/clouds/sim").json();
        assertThat(cloud.path("driver").asString()).isEqualTo("simulated");
        assertThat(cloud.path("health").asString()).isEqualTo("up");
        assertThat(cloud.path("facets").toString()).contains("console");
        assertThat(node.get(alice, "/flavours/small").json().path("cores").asInt())
                .isEqualTo(1);
        assertThat(node.get(alice, "/images?title=tiny").json().path("items")).hasSize(1);
        assertThat(node.get(alice, "/networks?title=public").json().path("items"))
                .hasSize(1);
        assertThat(node.get(alice, "/clouds/nix").status()).isEqualTo(404);
    }

    @Test
    void letsOperatorsAddFlavoursAndUsers() {
        Answer flavour = node.post(operator, "/flavours", "{\"id\":\"nano\",\"cores\":1,\"memoryMib\":64}");
        assertThat(flavour.status()).as(flavour.text()).isEqualTo(201);
        assertThat(flavour.header("Location")).isEqualTo("/api/v1/flavours/nano");
        assertThat(node.delete(operator, "/flavours/nano").status()).isEqualTo(204);

        Answer user = node.post(operator, "/users", "{\"name\":\"dora\",\"password\":\"correct horse battery\"}");
        assertThat(user.status()).as(user.text()).isEqualTo(201);
        assertThat(user.text()).doesNotContain("horse");
        String basic =
                Base64.getEncoder().encodeToString("dora:correct horse battery".getBytes(StandardCharsets.UTF_8));
        Answer who = node.send("", "GET", "/whoami", "", Map.of("Authorization", "Basic " + basic));
        assertThat(who.json().path("subject").asString()).isEqualTo("dora");
        assertThat(who.json().path("proof").asString()).isEqualTo("basic");
        assertThat(node.delete(operator, "/users/dora").status()).isEqualTo(204);
        assertThat(node.get(operator, "/users/dora").status()).isEqualTo(404);
    }

    @Test
    void showsTheSecretOfATokenOnce() {
        Answer issued = node.post(alice, "/tokens", "{\"label\":\"ci\",\"lifetimeSeconds\":3600}");
        assertThat(issued.status()).isEqualTo(201);
        String secret = issued.json().path("secret").asString();
        assertThat(node.get(secret, "/whoami").json().path("subject").asString())
                .isEqualTo("alice");
        String path = issued.header("Location").replaceFirst("^/api/v1", "");
        assertThat(node.get(alice, path).text()).doesNotContain(secret);
        assertThat(node.get(alice, "/tokens").text()).doesNotContain(secret).contains("\"ci\"");
        assertThat(node.delete(alice, path).status()).isEqualTo(204);
        assertThat(node.get(secret, "/whoami").status()).isEqualTo(401);
    }

    @Test
    void servesTheDocumentToAnyone() {
        Answer document = node.get("", "/openapi.json");
        assertThat(document.status()).isEqualTo(200);
        assertThat(document.header("Content-Type")).isEqualTo("application/json");
        assertThat(document.json().path("openapi").asString()).isEqualTo("3.1.0");
    }
}
