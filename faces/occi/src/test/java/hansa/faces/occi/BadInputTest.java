package hansa.faces.occi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.faces.occi.Client.Answer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong is refused with the right status and one line that says what to mend, and changes nothing. */
@ExtendWith(WorldExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {

    private static final String COMPUTE =
            "Category: compute; scheme=\"http://schemas.ogf.org/occi/infrastructure#\"; class=\"kind\"\n";
    private static final String TEMPLATES = """
            Category: small; scheme="http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#"; class="mixin"
            Category: debian12; scheme="http://hansa.test/occi/infrastructure/os_tpl#"; class="mixin"
            """;
    private static final String STORAGE =
            "Category: storage; scheme=\"http://schemas.ogf.org/occi/infrastructure#\"; class=\"kind\"\n";
    private static final String NETWORK =
            "Category: network; scheme=\"http://schemas.ogf.org/occi/infrastructure#\"; class=\"kind\"\n";

    private final World world;
    private final Client client;

    BadInputTest(World world) {
        this.world = world;
        this.client = world.client("bad-input");
    }

    @BeforeAll
    void makeWhatCanBeSpoilt() {
        assertThat(client.put("/compute/bad-vm", COMPUTE + TEMPLATES).status()).isEqualTo(201);
        assertThat(client.put("/storage/bad-volume", STORAGE + "X-OCCI-Attribute: occi.storage.size=1\n")
                        .status())
                .isEqualTo(201);
        for (String id : List.of("bad-net-1", "bad-net-2")) {
            assertThat(client.put("/network/" + id, NETWORK + "X-OCCI-Attribute: occi.core.title=\"twice\"\n")
                            .status())
                    .isEqualTo(201);
            await().until(() -> client.get("/network/" + id).body().contains("occi.network.state=\"active\""));
        }
        await().until(() -> client.get("/compute/bad-vm").body().contains("occi.compute.state=\"active\""));
        await().until(() -> client.get("/storage/bad-volume").body().contains("occi.storage.state=\"online\""));
    }

    /** @param line part of the one line that the answer says */
    private record Bad(String what, String method, String path, String type, String body, int status, String line) {
        static Bad plain(String what, String method, String path, String body, int status, String line) {
            return new Bad(what, method, path, "text/plain", body, status, line);
        }

        static Bad json(String what, String method, String path, String body, int status, String line) {
            return new Bad(what, method, path, "application/occi+json", body, status, line);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    private static String attribute(String assignment) {
        return "X-OCCI-Attribute: " + assignment + "\n";
    }

    private static String link(String target) {
        return "Link: <" + target + ">; rel=\"http://schemas.ogf.org/occi/infrastructure#network\"; "
                + "category=\"http://schemas.ogf.org/occi/infrastructure#networkinterface\"\n";
    }

    static Stream<Bad> malformedRenderings() {
        return Stream.of(
                Bad.plain(
                        "no field name",
                        "POST",
                        "/compute/",
                        "compute please",
                        400,
                        "Line 1, column 1: A line must begin with Category:"),
                Bad.plain(
                        "a quote that never closes",
                        "POST",
                        "/compute/",
                        "Category: compute; scheme=\"http",
                        400,
                        "A quote is opened and not closed"),
                Bad.plain(
                        "a category without scheme",
                        "POST",
                        "/compute/",
                        "Category: compute; class=\"kind\"",
                        400,
                        "The category \"compute\" has no scheme"),
                Bad.json(
                        "JSON that breaks off",
                        "POST",
                        "/compute/",
                        "{\"kind\":",
                        400,
                        "The body is no JSON that can be read"),
                Bad.json("JSON of another shape", "POST", "/compute/", "{\"kind\":7}", 400, "kind"),
                Bad.plain("nothing at all", "POST", "/compute/bad-vm", "", 400, "The request says nothing to change"),
                Bad.plain(
                        "two kinds",
                        "POST",
                        "/",
                        COMPUTE + STORAGE,
                        400,
                        "The request names two kinds, compute and storage"),
                Bad.plain(
                        "no kind where it cannot be guessed",
                        "POST",
                        "/",
                        attribute("occi.core.title=\"x\""),
                        400,
                        "The request names no kind"),
                Bad.plain(
                        "two images",
                        "POST",
                        "/compute/",
                        COMPUTE + TEMPLATES
                                + "Category: tiny; scheme=\"http://hansa.test/occi/infrastructure/os_tpl#\"; class=\"mixin\"\n",
                        400,
                        "A machine has one os_tpl mixin, not 2"),
                Bad.plain(
                        "an id that differs from the URL",
                        "PUT",
                        "/storage/bad-a",
                        STORAGE + attribute("occi.core.id=\"bad-b\"") + attribute("occi.storage.size=1"),
                        400,
                        "occi.core.id says bad-b and the URL bad-a"));
    }

    static Stream<Bad> categoriesThatDoNotFit() {
        return Stream.of(
                Bad.plain(
                        "an unknown kind",
                        "POST",
                        "/",
                        "Category: toaster; scheme=\"http://example.org/kitchen#\"; class=\"kind\"",
                        400,
                        "The kind http://example.org/kitchen#toaster is unknown here"),
                Bad.plain(
                        "an unknown mixin",
                        "POST",
                        "/compute/",
                        COMPUTE + TEMPLATES
                                + "Category: toasted; scheme=\"http://example.org/kitchen#\"; class=\"mixin\"\n",
                        400,
                        "There is no tag 'http://example.org/kitchen#toasted'"),
                Bad.plain(
                        "an unknown image",
                        "POST",
                        "/compute/",
                        COMPUTE
                                + "Category: nixos; scheme=\"http://hansa.test/occi/infrastructure/os_tpl#\"; class=\"mixin\"\n",
                        400,
                        "There is no image 'nixos'"),
                Bad.plain(
                        "an unknown flavour",
                        "POST",
                        "/compute/",
                        COMPUTE
                                + "Category: debian12; scheme=\"http://hansa.test/occi/infrastructure/os_tpl#\"; class=\"mixin\"\nCategory: vast; scheme=\"http://hansa.test/occi/infrastructure/resource_tpl#\"; class=\"mixin\"\n",
                        400,
                        "There is no flavour 'vast'"),
                Bad.plain(
                        "a kind at another's place",
                        "POST",
                        "/storage/",
                        COMPUTE + TEMPLATES,
                        403,
                        "A compute cannot be made among the /storage/; send it to /compute/."),
                Bad.plain(
                        "a mixin for another kind",
                        "POST",
                        "/storage/",
                        STORAGE + attribute("occi.storage.size=1")
                                + "Category: ssh_key; scheme=\"http://schemas.ogf.org/occi/infrastructure/credentials#\"; class=\"mixin\"\n"
                                + attribute("occi.credentials.ssh.publickey=\"ssh-ed25519 AAAA\""),
                        403,
                        "does not apply to storage"),
                Bad.plain(
                        "a template for a volume",
                        "POST",
                        "/storage/",
                        STORAGE + TEMPLATES + attribute("occi.storage.size=1"),
                        403,
                        "Templates of images and flavours apply to compute"),
                Bad.plain(
                        "another image for a machine",
                        "POST",
                        "/compute/bad-vm",
                        "Category: tiny; scheme=\"http://hansa.test/occi/infrastructure/os_tpl#\"; class=\"mixin\"\n",
                        403,
                        "The image of a machine cannot be replaced"),
                Bad.plain(
                        "a machine that becomes a volume",
                        "POST",
                        "/compute/bad-vm",
                        STORAGE + attribute("occi.storage.size=1"),
                        403,
                        "This is a compute and cannot become a storage"),
                Bad.plain(
                        "an unknown action",
                        "POST",
                        "/compute/bad-vm?action=fly",
                        "",
                        400,
                        "A compute has no action \"fly\"; it has start, stop, restart, suspend, save."),
                Bad.plain(
                        "two actions",
                        "POST",
                        "/compute/bad-vm?action=stop",
                        "Category: start; scheme=\"http://schemas.ogf.org/occi/infrastructure/compute/action#\"; class=\"action\"",
                        400,
                        "The URL invokes stop and the message start"),
                Bad.plain(
                        "an action on a link",
                        "POST",
                        "/link/networkinterface/?action=up",
                        "",
                        400,
                        "A networkinterface has no actions."),
                Bad.plain(
                        "members of an image",
                        "POST",
                        "/mixin/os_tpl/debian12/",
                        "X-OCCI-Location: /compute/bad-vm",
                        403,
                        "What carries this mixin follows from the resources themselves"));
    }

    static Stream<Bad> attributesThatDoNotFit() {
        return Stream.of(
                Bad.plain(
                        "the wrong type",
                        "POST",
                        "/storage/",
                        STORAGE + attribute("occi.storage.size=\"large\""),
                        400,
                        "The attribute occi.storage.size must be a number, not \"large\""),
                Bad.plain(
                        "a fraction of a core",
                        "POST",
                        "/compute/",
                        COMPUTE + TEMPLATES + attribute("occi.compute.cores=1.5"),
                        400,
                        "The attribute occi.compute.cores must be a whole number"),
                Bad.plain(
                        "a size of nothing",
                        "POST",
                        "/storage/",
                        STORAGE + attribute("occi.storage.size=0"),
                        400,
                        "The attribute occi.storage.size is a size in GiB above 0"),
                Bad.plain(
                        "a size beyond everything",
                        "POST",
                        "/storage/",
                        STORAGE + attribute("occi.storage.size=99999999999999999999"),
                        400,
                        "occi.storage.size"),
                Bad.plain(
                        "an attribute that nobody knows",
                        "POST",
                        "/storage/",
                        STORAGE + attribute("occi.storage.size=1") + attribute("occi.storage.colour=\"red\""),
                        400,
                        "The attribute occi.storage.colour is unknown"),
                Bad.plain(
                        "a missing required one",
                        "POST",
                        "/storage/",
                        STORAGE,
                        400,
                        "The attribute occi.storage.size is required; add it."),
                Bad.plain(
                        "a missing image",
                        "POST",
                        "/compute/",
                        COMPUTE,
                        400,
                        "A machine needs an image: add a mixin of os_tpl"),
                Bad.plain(
                        "a missing required argument",
                        "POST",
                        "/storage/bad-volume?action=resize",
                        "",
                        400,
                        "The attribute size is required; add it."),
                Bad.plain(
                        "an impossible argument",
                        "POST",
                        "/compute/bad-vm?action=stop",
                        "Category: stop; scheme=\"http://schemas.ogf.org/occi/infrastructure/compute/action#\"; class=\"action\"\n"
                                + attribute("method=\"gently\""),
                        400,
                        "The attribute method must be one of graceful, acpioff, poweroff"),
                Bad.plain(
                        "an immutable one at creation",
                        "POST",
                        "/compute/",
                        COMPUTE + TEMPLATES + attribute("occi.compute.state=\"active\""),
                        403,
                        "The attribute occi.compute.state is set by the provider; leave it out."),
                Bad.plain(
                        "an immutable one by update",
                        "POST",
                        "/compute/bad-vm",
                        attribute("occi.compute.state=\"inactive\""),
                        403,
                        "The attribute occi.compute.state is set by the provider; leave it out."),
                Bad.plain(
                        "another id",
                        "POST",
                        "/compute/bad-vm",
                        attribute("occi.core.id=\"other\""),
                        403,
                        "The attribute occi.core.id cannot be changed after creation; leave it out."),
                Bad.plain(
                        "user data too late",
                        "POST",
                        "/compute/bad-vm",
                        attribute("occi.compute.userdata=\"I2Nsb3VkLWNvbmZpZwo=\""),
                        403,
                        "User data and SSH keys are read when a machine boots for the first time"),
                Bad.plain(
                        "user data that is no base64",
                        "POST",
                        "/compute/",
                        COMPUTE + TEMPLATES + attribute("org.openstack.compute.user_data=\"#!/bin/sh\""),
                        400,
                        "is not base64"),
                Bad.plain(
                        "an address for a network that has one",
                        "POST",
                        "/network/bad-net-1",
                        attribute("occi.network.address=\"192.0.2.0/24\""),
                        403,
                        "The attribute occi.network.address of a network cannot be changed"),
                Bad.plain(
                        "another architecture",
                        "POST",
                        "/compute/",
                        COMPUTE + TEMPLATES + attribute("occi.compute.architecture=\"x86\""),
                        400,
                        "Machines of the architecture x86 are not offered"),
                Bad.plain(
                        "an id that is no id",
                        "POST",
                        "/storage/",
                        STORAGE + attribute("occi.core.id=\"a b\"") + attribute("occi.storage.size=1"),
                        400,
                        "The id of a volume has 1 to 64 characters"));
    }

    static Stream<Bad> linksAndStates() {
        return Stream.of(
                Bad.plain(
                        "a link to nothing",
                        "POST",
                        "/compute/",
                        COMPUTE + TEMPLATES + link("/network/nowhere"),
                        400,
                        "There is no network 'nowhere'"),
                Bad.plain(
                        "a volume that is not there",
                        "POST",
                        "/compute/",
                        COMPUTE + TEMPLATES
                                + "Link: </storage/nothing>; rel=\"http://schemas.ogf.org/occi/infrastructure#storage\"; category=\"http://schemas.ogf.org/occi/infrastructure#storagelink\"",
                        400,
                        "There is no volume 'nothing'"),
                Bad.plain(
                        "an ambiguous network",
                        "POST",
                        "/compute/",
                        COMPUTE + TEMPLATES + link("/network/twice"),
                        409,
                        "Several networks are called 'twice': bad-net-1, bad-net-2; name one by its id."),
                Bad.plain(
                        "a link from nothing",
                        "POST",
                        "/link/networkinterface/",
                        "Category: networkinterface; scheme=\"http://schemas.ogf.org/occi/infrastructure#\"; class=\"kind\"\n"
                                + attribute("occi.core.source=\"/compute/nothing\"")
                                + attribute("occi.core.target=\"/network/public\""),
                        404,
                        "There is no machine 'nothing'"),
                Bad.plain(
                        "a link from a volume",
                        "POST",
                        "/link/networkinterface/",
                        "Category: networkinterface; scheme=\"http://schemas.ogf.org/occi/infrastructure#\"; class=\"kind\"\n"
                                + attribute("occi.core.source=\"/storage/bad-volume\"")
                                + attribute("occi.core.target=\"/network/public\""),
                        400,
                        "A link starts from a machine"),
                Bad.plain(
                        "links in a full update",
                        "PUT",
                        "/compute/bad-vm",
                        COMPUTE + TEMPLATES + link("/network/public"),
                        400,
                        "Links are not changed with the resource"),
                Bad.plain(
                        "an action in the wrong state",
                        "POST",
                        "/compute/bad-vm?action=start",
                        "",
                        409,
                        "The machine 'bad-vm' is active, so it cannot be started now; possible: stop"),
                Bad.plain(
                        "an id that is taken",
                        "POST",
                        "/storage/",
                        STORAGE + attribute("occi.core.id=\"bad-volume\"") + attribute("occi.storage.size=1"),
                        409,
                        "There is a volume with the id 'bad-volume' already"),
                Bad.plain("a shared network", "DELETE", "/network/public", "", 403, "is shared by everybody"),
                Bad.plain(
                        "what is not there",
                        "GET",
                        "/compute/nothing",
                        "",
                        404,
                        "There is no machine 'nothing', or it is not yours."),
                Bad.plain(
                        "an id that nothing can have", "GET", "/compute/%20", "", 404, "There is nothing under the id"),
                Bad.plain("a path that leads nowhere", "GET", "/nowhere/", "", 404, "There is nothing at /nowhere/"),
                Bad.plain(
                        "a tag on nothing",
                        "POST",
                        "/-/",
                        "Category: compute; scheme=\"http://schemas.ogf.org/occi/infrastructure#\"; class=\"mixin\"",
                        409,
                        "belongs to the provider"),
                Bad.plain(
                        "removing the provider's",
                        "DELETE",
                        "/-/",
                        "Category: os_tpl; scheme=\"http://schemas.ogf.org/occi/infrastructure#\"; class=\"mixin\"",
                        403,
                        "belongs to the provider and cannot be removed"),
                Bad.plain(
                        "a tag in the place of the machines",
                        "POST",
                        "/-/",
                        "Category: mine; scheme=\"http://example.org/tags#\"; class=\"mixin\"; location=\"/compute/mine/\"",
                        409,
                        "The location /compute/mine/ is taken"),
                Bad.plain(
                        "a tag in the standard's scheme",
                        "POST",
                        "/-/",
                        "Category: mine; scheme=\"http://schemas.ogf.org/occi/mine#\"; class=\"mixin\"; location=\"/mine/\"",
                        400,
                        "Schemes below http://schemas.ogf.org/occi/ are the standard's"));
    }

    @ParameterizedTest
    @MethodSource({"malformedRenderings", "categoriesThatDoNotFit", "attributesThatDoNotFit", "linksAndStates"})
    void isRefusedWithALineAndChangesNothing(Bad bad) {
        String before = everything();
        Answer answer = client.call(bad.method(), bad.path())
                .accept("text/plain")
                .body(bad.type(), bad.body())
                .send();
        assertThat(answer.status()).as(answer.body()).isEqualTo(bad.status());
        assertThat(answer.body()).contains(bad.line()).endsWith("\n");
        assertThat(answer.body().lines()).hasSize(1);
        assertThat(answer.contentType()).isEqualTo("text/plain; charset=utf-8");
        assertThat(everything()).isEqualTo(before);
    }

    /** All that this user has and sees. */
    private String everything() {
        return client.get("/", "application/occi+json").body()
                + client.get("/-/", "text/plain").body();
    }

    @Test
    void aBodyOfATypeThatIsNotReadIsNotAcceptable() {
        String before = everything();
        Answer answer = client.call("POST", "/storage/")
                .body("application/x-www-form-urlencoded", STORAGE)
                .send();
        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.body())
                .isEqualTo(
                        "A body of type application/x-www-form-urlencoded is not read here; send text/plain, text/occi or application/occi+json.\n");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aWrongMethodIsToldWhichWouldDo() {
        Answer answer = client.put("/compute/", COMPUTE + TEMPLATES);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("GET, HEAD, POST, DELETE, OPTIONS");
        assertThat(answer.body().lines()).hasSize(1);
        assertThat(client.call("PATCH", "/compute/bad-vm").send().status()).isEqualTo(405);
        assertThat(client.delete("/").status()).isEqualTo(405);
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() {
        String before = everything();
        Answer answer =
                client.post("/storage/", STORAGE + attribute("occi.core.summary=\"" + "x".repeat(1 << 20) + '"'));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body().lines()).hasSize(1);
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aHeadThatIsTooLargeIsRefusedCleanly() {
        Wire.Answer answer = new Wire(world.port())
                .send(
                        List.of(
                                "POST /storage/ HTTP/1.1",
                                "X-Auth-Token: " + world.token("bad-input"),
                                "Content-Type: text/occi",
                                "X-OCCI-Attribute: occi.core.summary=\"" + "x".repeat(200_000) + '"'),
                        new byte[0]);
        assertThat(answer.status()).isEqualTo(431);
        assertThat(answer.body()).contains("The request's header is larger than 131072 bytes");
    }

    @Test
    void whoBringsNoOrWrongCredentialsIsToldHowToSignIn() {
        for (Client stranger : List.of(new Client(world.origin(), ""), new Client(world.origin(), "wrong"))) {
            Answer answer = stranger.post("/storage/", STORAGE + attribute("occi.storage.size=1"));
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers("WWW-Authenticate"))
                    .containsExactly(
                            "Basic realm=\"Hansa\", charset=\"UTF-8\"",
                            "Keystone uri='https://keystone.test:5000/v2.0/'");
            assertThat(answer.body().lines()).hasSize(1);
        }
        Answer unreadable = new Client(world.origin(), "")
                .call("GET", "/compute/")
                .header("Authorization", "Digest x")
                .send();
        assertThat(unreadable.status()).isEqualTo(401);
    }

    @Test
    void whatIsSomebodyElsesDoesNotExist() {
        Client other = world.client("bad-input-other");
        for (String path : List.of("/compute/bad-vm", "/storage/bad-volume")) {
            assertThat(other.get(path).status()).isEqualTo(404);
            assertThat(other.delete(path).status()).isEqualTo(404);
            assertThat(other.post(path, attribute("occi.core.title=\"mine\"")).status())
                    .isEqualTo(404);
        }
        assertThat(other.post("/compute/bad-vm?action=stop", "").status()).isEqualTo(404);
        assertThat(client.get("/compute/bad-vm").body()).contains("occi.compute.state=\"active\"");
    }
}
