package hansa.faces.occi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.faces.occi.Client.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The actions {@code backup} and {@code snapshot} of OCCI 1.1, and what they make. */
@ExtendWith(WorldExtension.class)
class VolumeCopiesTest {

    private static final String STORAGE =
            "Category: storage; scheme=\"http://schemas.ogf.org/occi/infrastructure#\"; class=\"kind\"\n";
    private static final String RESTORED =
            "Category: restored; scheme=\"http://hansa.test/occi/infrastructure/storage#\"; class=\"mixin\"\n";

    private static final String COPY =
            "Category: copy; scheme=\"http://hansa.test/occi/infrastructure/storage#\"; class=\"mixin\"\n";

    private final Client client;

    VolumeCopiesTest(World world) {
        this.client = world.client("copies");
    }

    private String volume() {
        String path = client.post("/storage/", STORAGE + "X-OCCI-Attribute: occi.storage.size=1\n")
                .path();
        awaitState(path, "online");
        return path;
    }

    private void awaitState(String path, String state) {
        await().until(
                        () -> client.get(path).body(),
                        body -> body.contains("occi.storage.state=\"" + state + "\"") && !body.contains("being made"));
    }

    private static String action(String term) {
        return "Category: " + term
                + "; scheme=\"http://schemas.ogf.org/occi/infrastructure/storage/action#\"; class=\"action\"\n";
    }

    private List<String> copiesOf(String volume) {
        String id = volume.substring("/storage/".length());
        return client.get("/storage/?attribute=hansa.copy.of&value=" + id, "text/uri-list")
                .body()
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.substring(line.indexOf("/storage/")))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot", "backup"})
    void anActionMakesAStorageThatIsOfflineAndNamesItsVolume(String term) {
        String source = volume();
        Answer acted = client.post(source + "?action=" + term, action(term));
        assertThat(acted.status()).as(acted.body()).isEqualTo(200);
        String copy = copiesOf(source).getFirst();
        awaitState(copy, "offline");
        assertThat(client.get(copy, "text/plain").body())
                .contains("Category: copy; scheme=\"http://hansa.test/occi/infrastructure/storage#\"; class=\"mixin\"")
                .contains("X-OCCI-Attribute: occi.storage.size=1\n")
                .contains("X-OCCI-Attribute: hansa.copy.kind=\"" + term + "\"\n")
                .contains("X-OCCI-Attribute: hansa.copy.of=\"" + source.substring("/storage/".length()) + "\"\n")
                .contains("X-OCCI-Attribute: hansa.copy.taken=\"20")
                .contains("X-OCCI-Attribute: occi.storage.state.message=\"" + term + " of ")
                .doesNotContain("?action=");
        assertThat(client.get("/mixin/hansa/copy/", "text/uri-list").body()).contains(copy);
        assertThat(client.get(source).body()).contains("occi.storage.state=\"online\"");

        Answer restored = client.post(
                "/storage/",
                STORAGE + RESTORED + "X-OCCI-Attribute: occi.storage.size=2\nX-OCCI-Attribute: hansa.restored.from=\""
                        + copy.substring("/storage/".length()) + "\"\n");
        assertThat(restored.status()).as(restored.body()).isEqualTo(201);
        awaitState(restored.path(), "online");
        assertThat(client.delete(copy).status()).isEqualTo(200);
        await().until(() -> client.get(copy).status() == 404);
        assertThat(client.get(restored.path()).body()).contains("occi.storage.state=\"online\"");
        assertThat(client.delete(source).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot", "backup"})
    void aCopyIsMadeUnderAnIdOfOnesOwnAndNotTwice(String kind) {
        String source = volume();
        String wish = STORAGE + COPY + "X-OCCI-Attribute: occi.core.id=\"own." + kind + "\"\n"
                + "X-OCCI-Attribute: occi.core.title=\"before the change\"\n"
                + "X-OCCI-Attribute: occi.storage.size=7\n"
                + "X-OCCI-Attribute: hansa.copy.kind=\"" + kind + "\"\n"
                + "X-OCCI-Attribute: hansa.copy.of=\"" + source.substring("/storage/".length()) + "\"\n";
        Answer made = client.post("/storage/", wish);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.path()).isEqualTo("/storage/own." + kind);
        awaitState(made.path(), "offline");
        assertThat(client.get(made.path(), "text/plain").body())
                .contains("occi.core.title=\"before the change\"")
                .contains("X-OCCI-Attribute: occi.storage.size=1\n")
                .contains("X-OCCI-Attribute: hansa.copy.kind=\"" + kind + "\"\n");
        assertThat(client.post("/storage/", wish).status()).isEqualTo(409);
    }

    @Test
    void aCopyOfNothingAndOneOfNoKindAreRefused() {
        String wish = STORAGE + COPY + "X-OCCI-Attribute: occi.storage.size=1\n";
        assertThat(client.post("/storage/", wish + "X-OCCI-Attribute: hansa.copy.of=\"none\"\n")
                        .status())
                .isEqualTo(400);
        assertThat(client.post(
                                "/storage/",
                                wish + "X-OCCI-Attribute: hansa.copy.of=\"none\"\n"
                                        + "X-OCCI-Attribute: hansa.copy.kind=\"clone\"\n")
                        .status())
                .isEqualTo(400);
        assertThat(client.post(
                                "/storage/",
                                wish + "X-OCCI-Attribute: hansa.copy.of=\"none\"\n"
                                        + "X-OCCI-Attribute: hansa.copy.kind=\"backup\"\n")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aCopyHasNoActionsAndAWrongStateIsAConflictInOneLine() {
        String source = volume();
        client.post(source + "?action=backup", action("backup"));
        String copy = copiesOf(source).getFirst();
        awaitState(copy, "offline");
        for (String term : List.of("snapshot", "backup", "online", "offline")) {
            Answer refused = client.post(copy + "?action=" + term, action(term));
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.body().strip())
                    .contains("is offline, where '" + term + "' is not possible")
                    .doesNotContain("\n");
        }
    }

    @Test
    void aVolumeWithASnapshotIsNotDeleted() {
        String source = volume();
        client.post(source + "?action=snapshot", action("snapshot"));
        String copy = copiesOf(source).getFirst();
        awaitState(copy, "offline");
        Answer refused = client.delete(source);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().strip())
                .contains("delete its snapshots first")
                .doesNotContain("\n");
    }

    @Test
    void whatIsMadeOfNothingIsRefused() {
        Answer refused = client.post(
                "/storage/",
                STORAGE + RESTORED
                        + "X-OCCI-Attribute: occi.storage.size=2\nX-OCCI-Attribute: hansa.restored.from=\"none\"\n");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("There is no snapshot or backup 'none'");
        assertThat(client.post("/storage/", STORAGE + RESTORED + "X-OCCI-Attribute: occi.storage.size=2\n")
                        .status())
                .isEqualTo(400);
    }
}
