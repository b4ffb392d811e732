package hansa.faces.voms;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.protocols.voms.VomsAnswer;
import hansa.protocols.voms.VomsAnswer.Code;
import hansa.trust.kit.Credential;
import hansa.trust.kit.Order;
import hansa.trust.kit.Proxies;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is given nothing, and how they are told. */
final class BadRequestsTest {

    /** One for all, since its certificate takes a while to make. */
    private static World world;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        world = new World(folder, false);
        world.join(world.user, "/testvo/cloud/Role=VMOperator");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private void assertRefused(Client client, String query, int status, Code code, String... words) throws Exception {
        Client.Reply reply = client.get(world.root(), "/generate-ac" + query);
        VomsAnswer.Refused refused = reply.refused();
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.mediaType()).isEqualTo("text/xml;charset=utf-8");
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.message()).contains(words).doesNotContain("\n");
    }

    @Test
    void nobody_without_a_certificate() throws Exception {
        assertRefused(world.stranger(), "?fqans=/testvo", 401, Code.NO_SUCH_USER, "certificate");
    }

    @Test
    void no_token_takes_the_place_of_a_certificate() throws Exception {
        Client.Reply reply =
                world.stranger().get(world.root(), "/generate-ac?fqans=/testvo", "Authorization", "Bearer abc");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.refused().code()).isEqualTo(Code.NO_SUCH_USER);
    }

    @Test
    void an_open_installation_gives_nothing_to_who_proved_nothing(@TempDir Path folder) throws Exception {
        try (World open = new World(folder, true)) {
            open.join(open.user);
            Client.Reply reply = open.client(open.user).get(open.root(), "/generate-ac?fqans=/testvo");
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.refused().code()).isEqualTo(Code.NO_SUCH_USER);
        }
    }

    @Test
    void no_holder_of_a_certificate_that_is_not_trusted() throws Exception {
        Credential unknown = Order.authority("/O=Grid/CN=Authority").selfSigned();
        Credential forged = Order.endEntity("/O=Grid/OU=People/CN=Ada Lovelace").signedBy(unknown);
        assertRefused(world.client(forged), "?fqans=/testvo", 401, Code.NO_SUCH_USER, "not accepted");
    }

    @Test
    void no_expired_proxy() throws Exception {
        Instant now = Instant.now();
        Credential expired = Proxies.full(world.user)
                .valid(now.minus(Duration.ofHours(2)), now.minus(Duration.ofMinutes(30)))
                .signedBy(world.user);
        assertRefused(world.client(expired), "?fqans=/testvo", 401, Code.NO_SUCH_USER, "not accepted");
    }

    @Test
    void nobody_who_is_no_member() throws Exception {
        Credential charles = Order.endEntity("/O=Grid/CN=Charles").signedBy(world.authority);
        assertRefused(world.client(charles), "?fqans=/testvo", 403, Code.NO_SUCH_USER, "no member of testvo");
    }

    @Test
    void what_another_server_says_of_the_organisation_does_not_count() throws Exception {
        Credential charles = Order.endEntity("/O=Grid/CN=Charles").signedBy(world.authority);
        Credential proxy = Proxies.carrying(
                        charles, List.of(world.other.sign(world.other.says(charles.certificate(), "/testvo"))))
                .signedBy(charles);
        assertRefused(world.client(proxy), "?fqans=/testvo", 403, Code.NO_SUCH_USER, "no member of testvo");
    }

    @Test
    void no_suspended_member() throws Exception {
        Credential charles = Order.endEntity("/O=Grid/CN=Suspended").signedBy(world.authority);
        world.join(charles, "/testvo/cloud");
        world.suspend(charles);
        assertRefused(world.client(charles), "?fqans=/testvo", 403, Code.SUSPENDED_USER, "suspended");
    }

    @Test
    void no_member_of_a_suspended_organisation(@TempDir Path folder) throws Exception {
        try (World suspended = new World(folder, false)) {
            suspended.join(suspended.user);
            suspended.suspendOrganisation();
            Client.Reply reply = suspended.client(suspended.user).get(suspended.root(), "/generate-ac?fqans=/testvo");
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.refused().code()).isEqualTo(Code.SUSPENDED_USER);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/testvo/secret", "/testvo/cloud/Role=admin", "/testvo/Role=VMOperator", "/testvo/cloud/sub"})
    void no_group_that_one_is_not_in_and_no_role_that_one_does_not_have(String fqan) throws Exception {
        assertRefused(
                world.client(world.user), "?fqans=/testvo," + fqan, 400, Code.BAD_REQUEST, "Unable to satisfy " + fqan);
    }

    @Test
    void no_organisation_that_is_managed_elsewhere() throws Exception {
        assertRefused(world.client(world.user), "?fqans=/elsewhere", 404, Code.NO_SUCH_VO, "elsewhere");
        Client.Reply reply = world.client(world.user).get(world.main(), "/voms/elsewhere/generate-ac");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.refused().code()).isEqualTo(Code.NO_SUCH_VO);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "?fqans=testvo fqans",
                "?fqans=/testvo//x fqans",
                "?fqans=/testvo/Role= fqans",
                "?fqans=/Role=VMOperator fqans",
                "?fqans=/testvo/%3Cscript%3E fqans",
                "?fqans=/testvo&order=cloud order",
                "?fqans=/testvo,/elsewhere elsewhere",
                "?fqans=/testvo&order=/elsewhere elsewhere",
                "?fqans=/testvo&lifetime=long lifetime",
                "?fqans=/testvo&targets=%C3%BC target",
                "?fqans=/testvo&targets=a%20b target"
            })
    void nothing_that_cannot_be_read(String query, String word) throws Exception {
        assertRefused(world.client(world.user), query, 400, Code.BAD_REQUEST, word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?fqans=all", "?lifetime=1", ""})
    void nobody_who_names_no_organisation_and_is_in_none(String query) throws Exception {
        Credential charles = Order.endEntity("/O=Grid/CN=Charles").signedBy(world.authority);
        assertRefused(world.client(charles), query, 400, Code.BAD_REQUEST, "No virtual organisation is named");
    }

    @Test
    void no_more_than_a_certificate_can_hold() throws Exception {
        assertRefused(
                world.client(world.user), "?fqans=/testvo" + ",/testvo".repeat(512), 400, Code.BAD_REQUEST, "512");
        StringBuilder targets = new StringBuilder("?fqans=/testvo&targets=");
        for (int i = 0; i <= 64; i++) {
            targets.append("h").append(i).append(',');
        }
        assertRefused(world.client(world.user), targets.toString(), 400, Code.BAD_REQUEST, "64");
    }

    @Test
    void no_organisation_in_the_place_of_another() throws Exception {
        Client.Reply reply = world.client(world.user).get(world.main(), "/voms/elsewhere/generate-ac?fqans=/testvo");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.refused().code()).isEqualTo(Code.BAD_REQUEST);
    }

    @Test
    void other_paths_and_methods_are_refused_in_the_same_words() throws Exception {
        Client client = world.client(world.user);
        Client.Reply post = client.send(world.root(), "/generate-ac?fqans=/testvo", "POST");
        assertThat(post.status()).isEqualTo(405);
        assertThat(post.refused().code()).isEqualTo(Code.BAD_REQUEST);
        Client.Reply nowhere = client.get(world.root(), "/nothing");
        assertThat(nowhere.status()).isEqualTo(404);
        assertThat(nowhere.refused().code()).isEqualTo(Code.BAD_REQUEST);
    }
}
