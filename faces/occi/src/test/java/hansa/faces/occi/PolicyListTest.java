package hansa.faces.occi;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.faces.occi.Client.Answer;
import hansa.federation.policy.Rules;
import hansa.policy.AccessRequest;
import hansa.policy.Decision;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a policy does not let callers read is in no collection. */
@ExtendWith(WorldExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyListTest {

    private static final String COMPUTE =
            "Category: compute; scheme=\"http://schemas.ogf.org/occi/infrastructure#\"; class=\"kind\"\n";
    private static final String TEMPLATE = "http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#";
    private static final int EACH = 40;

    private final World world;
    private final Client client;

    PolicyListTest(World world) {
        this.world = world;
        this.client = world.client("policies");
    }

    @BeforeAll
    void makeMembers() {
        for (int i = 0; i < EACH; i++) {
            for (String flavour : List.of("small", "large")) {
                Answer made = client.put(
                        "/compute/thin-" + (100 + i) + "-" + flavour,
                        COMPUTE
                                + "Category: tiny; scheme=\"http://hansa.test/occi/infrastructure/os_tpl#\"; class=\"mixin\"\n"
                                + "Category: " + flavour + "; scheme=\"" + TEMPLATE + "\"; class=\"mixin\"\n");
                assertThat(made.status()).as(made.body()).isEqualTo(201);
            }
        }
    }

    @AfterEach
    void open() {
        world.policy().use(Rules.BUILT_IN);
    }

    private void deny(Predicate<AccessRequest> what) {
        world.policy()
                .use(new Rules(
                        Optional.empty(),
                        Optional.of(request -> what.test(request)
                                ? new Decision.Deny("closed", "It is closed.")
                                : new Decision.NotApplicable())));
    }

    private static boolean isLarge(AccessRequest request) {
        return request.action().equals("machine.read")
                && "large".equals(request.resource().attributes().get("flavour"));
    }

    private List<String> ids(String path) {
        return client.get(path, "text/uri-list")
                .body()
                .lines()
                .map(Paths::lastSegment)
                .toList();
    }

    @Test
    void collectionsOfKindsAndMixinsAreThinnedOutInEveryRendering() {
        List<String> all = ids("/compute/");
        assertThat(all).hasSize(2 * EACH);
        deny(PolicyListTest::isLarge);
        List<String> small = all.stream().filter(id -> id.endsWith("small")).toList();
        for (String path : List.of("/", "/compute/", "/resource/", "/mixin/os_tpl/tiny/")) {
            assertThat(ids(path)).as(path).containsAll(small).doesNotContain("thin-100-large");
        }
        assertThat(ids("/compute/")).isEqualTo(small);
        assertThat(ids("/compute/?page=2&number=15")).isEqualTo(small.subList(15, 30));
        assertThat(client.get("/mixin/resource_tpl/large/").status()).isEqualTo(204);
        assertThat(ids("/mixin/resource_tpl/small/")).isEqualTo(small);
        assertThat(client.get("/compute/", "application/occi+json").body().split("\"id\":\"thin-", -1))
                .hasSize(EACH + 1);
        assertThat(client.get("/compute/", "text/occi")
                        .header("X-OCCI-Location")
                        .orElseThrow())
                .doesNotContain("large");
        assertThat(client.get("/compute/thin-100-large").status()).isEqualTo(404);
    }

    @Test
    void linksGoWithTheirMachinesAndTemplatesWithTheirFlavours() {
        assertThat(ids("/link/networkinterface/")).hasSize(2 * EACH);
        deny(PolicyListTest::isLarge);
        assertThat(ids("/link/networkinterface/")).hasSize(EACH);
        deny(request -> request.action().equals("site.read")
                && "large".equals(request.resource().attributes().get("flavour")));
        assertThat(client.get("/-/").body()).contains("Category: small;").doesNotContain("Category: large;");
    }
}
