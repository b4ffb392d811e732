package hansa.faces.occi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.faces.occi.Client.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every method at every sort of place, in every rendering (GFD.185, GFD.223). */
@ExtendWith(WorldExtension.class)
class HttpBindingTest {

    private static final String SMALL = "http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#small";
    private static final String TINY = "http://hansa.test/occi/infrastructure/os_tpl#tiny";
    private static final String ACTION = "http://schemas.ogf.org/occi/infrastructure/compute/action#";

    private final World world;

    HttpBindingTest(World world) {
        this.world = world;
    }

    private Client client(Medium medium, String place) {
        return world.client("binding-" + place + '-' + medium.word());
    }

    private static void assertRendered(Answer answer, Medium medium, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.contentType()).isEqualTo(medium.contentType());
    }

    private static Answer machine(Client client, Medium medium, String id) {
        return medium.entity(
                        client.call("PUT", "/compute/" + id),
                        "compute",
                        List.of(SMALL, TINY),
                        Map.of("occi.core.title", "\"made\""))
                .send();
    }

    private static void awaitState(Client client, String path, String state) {
        await().until(() -> client.get(path, "text/plain").body().contains("occi.compute.state=\"" + state + '"'));
    }

    @ParameterizedTest
    @EnumSource(Medium.class)
    void anEntity(Medium medium) {
        Client client = client(medium, "entity");
        String path = "/compute/entity-" + medium.word();
        assertRendered(machine(client, medium, "entity-" + medium.word()), medium, 201);
        awaitState(client, path, "active");
        assertRendered(medium.said(client.call("GET", path)).send(), medium, 200);
        assertRendered(medium.said(client.call("HEAD", path)).send(), medium, 200);
        assertRendered(
                medium.entity(client.call("POST", path), "", List.of(), Map.of("occi.core.title", "\"changed\""))
                        .send(),
                medium,
                200);
        assertThat(client.get(path, "text/plain").body()).contains("occi.core.title=\"changed\"");
        assertRendered(machine(client, medium, "entity-" + medium.word()), medium, 200);
        assertThat(client.get(path, "text/plain").body()).contains("occi.core.title=\"made\"");
        assertRendered(
                medium.action(
                                client.call("POST", path + "?action=stop"),
                                ACTION + "stop",
                                Map.of("method", "\"poweroff\""))
                        .send(),
                medium,
                200);
        awaitState(client, path, "inactive");
        assertThat(medium.said(client.call("PATCH", path)).send().status()).isEqualTo(405);
        assertRendered(medium.said(client.call("DELETE", path)).send(), medium, 200);
        await().until(() -> client.get(path).status() == 404);
    }

    @ParameterizedTest
    @EnumSource(Medium.class)
    void theCollectionOfAKind(Medium medium) {
        Client client = client(medium, "kind");
        assertRendered(
                medium.entity(client.call("POST", "/compute/"), "compute", List.of(SMALL, TINY), Map.of())
                        .send(),
                medium,
                201);
        assertRendered(
                medium.entity(client.call("POST", "/"), "compute", List.of(SMALL, TINY), Map.of())
                        .send(),
                medium,
                201);
        Answer list = medium.said(client.call("GET", "/compute/")).send();
        assertRendered(list, medium, 200);
        List<String> paths = client.get("/compute/", "text/uri-list")
                .body()
                .lines()
                .map(url -> url.substring(world.origin().length()))
                .toList();
        assertThat(paths).hasSize(2).isSorted();
        paths.forEach(path -> awaitState(client, path, "active"));
        assertRendered(
                medium.action(client.call("POST", "/compute/?action=suspend"), ACTION + "suspend", Map.of())
                        .send(),
                medium,
                200);
        paths.forEach(path -> awaitState(client, path, "suspended"));
        assertThat(medium.said(client.call("PUT", "/compute/")).send().status()).isEqualTo(405);
        assertRendered(medium.said(client.call("DELETE", "/compute/")).send(), medium, 200);
        await().until(() -> client.get("/compute/").status() == 204);
    }

    @ParameterizedTest
    @EnumSource(Medium.class)
    void theCollectionOfAMixin(Medium medium) {
        Client client = client(medium, "mixin");
        String word = medium.word();
        String id = "http://example.org/binding#" + word;
        String place = "/binding/" + word + '/';
        assertRendered(medium.mixin(client.call("POST", "/-/"), id, place).send(), medium, 200);
        for (String name : List.of("mixin-1-", "mixin-2-")) {
            assertThat(machine(client, medium, name + word).status()).isEqualTo(201);
            awaitState(client, "/compute/" + name + word, "active");
        }
        String one = world.origin() + "/compute/mixin-1-" + word;
        String two = world.origin() + "/compute/mixin-2-" + word;
        assertRendered(
                medium.locations(client.call("POST", place), List.of(one)).send(), medium, 200);
        assertThat(client.get(place, "text/uri-list").body()).isEqualTo(one + "\n");
        assertRendered(medium.said(client.call("GET", place)).send(), medium, 200);
        assertRendered(medium.locations(client.call("PUT", place), List.of(two)).send(), medium, 200);
        assertThat(client.get(place, "text/uri-list").body()).isEqualTo(two + "\n");
        assertRendered(
                medium.action(client.call("POST", place + "?action=stop"), ACTION + "stop", Map.of())
                        .send(),
                medium,
                200);
        awaitState(client, "/compute/mixin-2-" + word, "inactive");
        assertThat(client.get("/compute/mixin-1-" + word).body()).contains("occi.compute.state=\"active\"");
        assertThat(client.get("/binding/", "text/uri-list").body()).isEqualTo(two + "\n");
        assertRendered(
                medium.locations(client.call("DELETE", place), List.of(two)).send(), medium, 200);
        assertThat(client.get(place).status()).isEqualTo(204);
        assertRendered(medium.mixin(client.call("DELETE", "/-/"), id, place).send(), medium, 200);
        assertThat(client.get(place).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(Medium.class)
    void theQueryInterface(Medium medium) {
        Client client = client(medium, "query");
        for (String path : List.of("/-/", "/.well-known/org/ogf/occi/-/")) {
            assertRendered(medium.said(client.call("GET", path)).send(), medium, 200);
            assertRendered(
                    medium.said(client.call("GET", path + "?category=compute")).send(), medium, 200);
            assertThat(medium.said(client.call("PUT", path)).send().status()).isEqualTo(405);
        }
    }
}
