package hansa.faces.voms;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.protocols.voms.AttributeCertificate;
import hansa.protocols.voms.Fqan;
import hansa.protocols.voms.Holder;
import hansa.protocols.voms.SlashName;
import hansa.trust.kit.Credential;
import hansa.trust.kit.Proxies;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What members are given, over TLS. */
final class GenerateTest {

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

    private Client.Reply asked(String query) throws Exception {
        return world.client(world.user).get(world.root(), "/generate-ac" + query);
    }

    private AttributeCertificate granted(String query) throws Exception {
        return asked(query).granted().certificate().content();
    }

    private static List<String> fqans(AttributeCertificate content) {
        return content.fqans().stream().map(Fqan::toString).toList();
    }

    @Test
    void a_member_gets_all_groups_for_the_name_of_the_organisation() throws Exception {
        Client.Reply reply = asked("?fqans=/testvo&lifetime=43200");
        assertThat(reply.mediaType()).isEqualTo("text/xml;charset=utf-8");
        AttributeCertificate content = reply.granted().certificate().content();
        assertThat(reply.granted().warnings()).isEmpty();
        assertThat(fqans(content)).containsExactly("/testvo", "/testvo/cloud");
        assertThat(content.holder()).isEqualTo(Holder.of(world.user.certificate()));
        assertThat(content.authority())
                .hasToString("testvo://localhost:" + world.root().getPort());
    }

    @Test
    void groups_and_roles_come_in_the_order_in_which_they_were_asked_for() throws Exception {
        assertThat(fqans(granted("?fqans=/testvo/cloud/Role=VMOperator,/testvo&lifetime=43200")))
                .containsExactly("/testvo/cloud/Role=VMOperator", "/testvo");
        assertThat(fqans(granted("?fqans=/testvo,/testvo/cloud&order=/testvo/cloud")))
                .containsExactly("/testvo/cloud", "/testvo");
    }

    @Test
    void the_organisation_of_a_path_needs_no_other_name() throws Exception {
        Client client = world.client(world.user);
        assertThat(fqans(client.get(world.main(), "/voms/testvo/generate-ac")
                        .granted()
                        .certificate()
                        .content()))
                .containsExactly("/testvo", "/testvo/cloud");
    }

    @Test
    void who_is_in_one_organisation_need_not_name_it() throws Exception {
        for (String query : List.of("", "?fqans=all&lifetime=3600")) {
            assertThat(fqans(granted(query))).containsExactly("/testvo", "/testvo/cloud");
        }
    }

    @Test
    void a_proxy_gets_what_its_end_entity_would_get() throws Exception {
        Credential proxy = Proxies.full(world.user).signedBy(world.user);
        Credential proxyOfProxy = Proxies.full(proxy).signedBy(proxy);
        AttributeCertificate content = world.client(proxyOfProxy)
                .get(world.root(), "/generate-ac?fqans=/testvo")
                .granted()
                .certificate()
                .content();
        assertThat(content.holder()).isEqualTo(Holder.of(world.user.certificate()));
    }

    @Test
    void a_time_that_is_too_long_is_shortened_with_a_warning() throws Exception {
        Client.Reply reply = asked("?fqans=/testvo&lifetime=999999999999");
        AttributeCertificate content = reply.granted().certificate().content();
        assertThat(Duration.between(content.notBefore(), content.notAfter()))
                .isEqualTo(Duration.ofHours(24).plusMinutes(5));
        assertThat(reply.granted().warnings()).singleElement().asString().contains("validity", "shortened to 86");
    }

    @Test
    void a_lifetime_below_one_second_is_left_to_the_server() throws Exception {
        for (String lifetime : List.of("0", "-1", "")) {
            AttributeCertificate content = granted("?fqans=/testvo&lifetime=" + lifetime);
            assertThat(Duration.between(content.notBefore(), content.notAfter()))
                    .isEqualTo(Duration.ofHours(12).plusMinutes(5));
        }
    }

    @Test
    void targets_are_written_into_it() throws Exception {
        assertThat(granted("?fqans=/testvo&targets=https://a.example.org,https://b.example.org,")
                        .targets())
                .containsExactly("https://a.example.org", "https://b.example.org");
    }

    @Test
    void parameters_that_mean_nothing_are_told() throws Exception {
        assertThat(asked("?fqans=/testvo&colour=blue").granted().warnings())
                .containsExactly("Unknown parameters in the request were ignored.");
    }

    @Test
    void sites_and_clients_find_their_lines_without_a_certificate() throws Exception {
        String name = SlashName.of(world.signing.certificate().getSubjectX500Principal());
        String authority = SlashName.of(world.ownAuthority().getSubjectX500Principal());
        assertThat(name).isEqualTo("/O=Hansa/CN=localhost");
        Client anybody = world.stranger();
        assertThat(anybody.get(world.main(), "/voms/testvo/lsc").body()).isEqualTo(name + "\n" + authority + "\n");
        assertThat(anybody.get(world.main(), "/voms/testvo/vomses").body())
                .isEqualTo("\"testvo\" \"localhost\" \"" + world.root().getPort() + "\" \"" + name + "\" \"testvo\"\n");
        assertThat(anybody.get(world.main(), "/voms/elsewhere/lsc").status()).isEqualTo(404);
    }
}
