package hansa.faces.occi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.faces.occi.Client.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists: what is in them, in which order, and in pieces. */
@ExtendWith(WorldExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListTest {

    private static final String STORAGE =
            "Category: storage; scheme=\"http://schemas.ogf.org/occi/infrastructure#\"; class=\"kind\"\n";
    private static final String COMPUTE =
            "Category: compute; scheme=\"http://schemas.ogf.org/occi/infrastructure#\"; class=\"kind\"\n";
    private static final int VOLUMES = 150;

    private final World world;
    private final Client client;

    ListTest(World world) {
        this.world = world;
        this.client = world.client("lists");
    }

    @BeforeAll
    void makeMembers() {
        for (int i = 0; i < VOLUMES; i++) {
            Answer made = client.put(
                    "/storage/list-" + (1000 + i),
                    STORAGE + "X-OCCI-Attribute: occi.storage.size=" + (i % 3 + 1)
                            + "\nX-OCCI-Attribute: occi.core.title=\"title " + i % 10 + "\"\n");
            assertThat(made.status()).as(made.body()).isEqualTo(201);
        }
        for (String image : List.of("tiny", "debian12")) {
            Answer made = client.put(
                    "/compute/list-" + image,
                    COMPUTE + "Category: " + image
                            + "; scheme=\"http://hansa.test/occi/infrastructure/os_tpl#\"; class=\"mixin\"\n"
                            + "Category: small; scheme=\"http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#\"; class=\"mixin\"\n"
                            + "X-OCCI-Attribute: occi.compute.hostname=\"" + image + "-host\"\n");
            assertThat(made.status()).as(made.body()).isEqualTo(201);
            await().until(() -> client.get("/compute/list-" + image).body().contains("occi.compute.state=\"active\""));
        }
        await().until(() -> client.get("/storage/?attribute=occi.storage.state&value=online", "text/uri-list")
                        .body()
                        .lines()
                        .count()
                == VOLUMES);
    }

    private List<String> ids(String path) {
        return client.get(path, "text/uri-list")
                .body()
                .lines()
                .map(Paths::lastSegment)
                .toList();
    }

    @Test
    void aLongListIsCompleteAndInOrderInEveryRendering() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < VOLUMES; i++) {
            expected.add("list-" + (1000 + i));
        }
        assertThat(ids("/storage/")).isEqualTo(expected);
        assertThat(client.get("/storage/", "text/plain").body().lines())
                .hasSize(VOLUMES)
                .allMatch(line -> line.startsWith("X-OCCI-Location: " + world.origin() + "/storage/list-1"));
        String json = client.get("/storage/", "application/occi+json").body();
        assertThat(json).startsWith("{\"resources\":[{").endsWith("}]}");
        assertThat(json.split("\"id\":\"list-", -1)).hasSize(VOLUMES + 1);
        assertThat(client.get("/storage/", "text/occi")
                        .header("X-OCCI-Location")
                        .orElseThrow()
                        .split(", "))
                .hasSize(VOLUMES);
    }

    @Test
    void pagesTogetherAreTheList() {
        List<String> all = new ArrayList<>();
        for (int page = 1; page <= 4; page++) {
            all.addAll(ids("/storage/?page=" + page + "&number=40"));
        }
        assertThat(all).isEqualTo(ids("/storage/"));
        assertThat(ids("/storage/?page=0&number=2")).containsExactly("list-1000", "list-1001");
        assertThat(ids("/storage/?number=1")).containsExactly("list-1000");
        assertThat(client.get("/storage/?page=99&number=40").status()).isEqualTo(204);
        assertThat(client.get("/storage/?page=x").status()).isEqualTo(400);
        assertThat(client.get("/storage/?page=1&number=0").status()).isEqualTo(400);
        assertThat(client.get("/storage/?page=1&number=10001").status()).isEqualTo(413);
    }

    @Test
    void pagesOfAListOverSeveralKindsAndOfAFilteredOneAreRightToo() {
        List<String> everything = ids("/");
        assertThat(ids("/?page=1&number=100")).isEqualTo(everything.subList(0, 100));
        assertThat(ids("/?page=2&number=100")).isEqualTo(everything.subList(100, everything.size()));
        List<String> offline = ids("/?attribute=occi.core.id&value=list-1003");
        assertThat(offline).containsExactly("list-1003");
        List<String> titled = ids("/storage/?attribute=occi.core.title&value=title%203");
        assertThat(titled).hasSize(15);
        assertThat(ids("/storage/?attribute=occi.core.title&value=title%203&page=2&number=10"))
                .isEqualTo(titled.subList(10, 15));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            occi.storage.size=2                          | 50
            occi.storage.size="2"                        | 50
            occi.storage.size=2.00                       | 50
            occi.storage.size=7                          | 0
            occi.core.title="title 3"                    | 15
            occi.core.id="list-1007"                     | 1
            occi.storage.state="online"                  | 150
            occi.storage.state="offline"                 | 0
            occi.storage.size=2, occi.core.title="title 1" | 5
            occi.compute.cores=1                         | 0
            """)
    void membersAreFilteredByAttributesInHeadersAndInTheBody(String attributes, int count) {
        Answer inHeaders = client.call("GET", "/storage/")
                .accept("text/uri-list")
                .header("Content-Type", "text/occi")
                .header("X-OCCI-Attribute", attributes)
                .send();
        assertThat(inHeaders.body().lines()).hasSize(count);
        Answer inBody = client.call("GET", "/storage/")
                .accept("text/uri-list")
                .plain("X-OCCI-Attribute: " + attributes)
                .send();
        assertThat(inBody.body()).isEqualTo(inHeaders.body());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tiny; scheme="http://hansa.test/occi/infrastructure/os_tpl#"; class="mixin"            | list-tiny
            debian12; scheme="http://schemas.openstack.org/template/os#"; class="mixin"            | list-debian12
            small; scheme="http://fedcloud.egi.eu/occi/compute/flavour/1.0#"; class="mixin"        | list-debian12,list-tiny
            large; scheme="http://fedcloud.egi.eu/occi/compute/flavour/1.0#"; class="mixin"        | ''
            compute; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"            | list-debian12,list-tiny
            os_tpl; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="mixin"            | list-debian12,list-tiny
            ipnetwork; scheme="http://schemas.ogf.org/occi/infrastructure/network#"; class="mixin" | private,public
            """)
    void membersAreFilteredByCategory(String category, String ids) {
        String found = client.call("GET", "/resource/")
                .accept("text/uri-list")
                .header("Content-Type", "text/occi")
                .header("Category", category)
                .send()
                .body();
        assertThat(String.join(",", found.lines().map(Paths::lastSegment).toList()))
                .isEqualTo(ids);
    }

    @Test
    void everyPathWithASlashAtItsEndListsWhatIsBelow() {
        List<String> everything = ids("/");
        assertThat(everything).hasSize(VOLUMES + 2 + 2 + 2);
        assertThat(ids("/entity/")).isEqualTo(everything);
        assertThat(ids("/resource/")).hasSize(VOLUMES + 2 + 2);
        assertThat(ids("/link/")).hasSize(2).isEqualTo(ids("/link/networkinterface/"));
        assertThat(ids("/mixin/os_tpl/tiny/")).containsExactly("list-tiny");
        assertThat(ids("/mixin/os_tpl/")).containsExactly("list-debian12", "list-tiny");
        assertThat(ids("/mixin/resource_tpl/")).containsExactly("list-debian12", "list-tiny");
        assertThat(ids("/mixin/ipnetwork/")).containsExactly("private", "public");
        assertThat(ids("/mixin/")).contains("list-debian12", "list-tiny", "private", "public");
        assertThat(ids("/compute")).isEqualTo(ids("/compute/"));
        assertThat(client.get("/mixin/os_tpl/nothing/").status()).isEqualTo(404);
    }

    @Test
    void urlsBeginWithTheHostThatTheClientUsed() {
        Wire.Answer answer = new Wire(world.port())
                .send(List.of("GET /occi/compute/ HTTP/1.1", "X-Auth-Token: " + world.token("lists")), new byte[0]);
        assertThat(answer.body())
                .isEqualTo("X-OCCI-Location: " + world.origin() + "/occi/compute/list-debian12\nX-OCCI-Location: "
                        + world.origin() + "/occi/compute/list-tiny\n");
    }

    @Test
    void aBatchThatCannotBeDoneWholeIsNotDoneAtAll() {
        Client batch = world.client("lists-batch");
        String small =
                "Category: small; scheme=\"http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#\"; class=\"mixin\"\n"
                        + "Category: tiny; scheme=\"http://hansa.test/occi/infrastructure/os_tpl#\"; class=\"mixin\"\n";
        for (String id : List.of("batch-a", "batch-b")) {
            batch.put("/compute/" + id, COMPUTE + small);
            await().until(() -> batch.get("/compute/" + id).body().contains("occi.compute.state=\"active\""));
        }
        batch.post("/compute/batch-b?action=stop", "");
        await().until(() -> batch.get("/compute/batch-b").body().contains("occi.compute.state=\"inactive\""));
        Answer answer = batch.post("/compute/?action=suspend", "");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).startsWith("The machine 'batch-b' is inactive");
        assertThat(batch.get("/compute/batch-a").body()).contains("occi.compute.state=\"active\"");
    }
}
