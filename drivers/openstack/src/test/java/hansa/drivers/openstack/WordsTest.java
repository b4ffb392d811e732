package hansa.drivers.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.BootContext;
import hansa.cloud.Bytes;
import hansa.cloud.CloudException;
import hansa.cloud.RemoteState;
import hansa.cloud.Token;
import hansa.drivers.openstack.GuestContext.Keys;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How states, contexts, catalogues and settings are put into words of ours and of OpenStack's. */
final class WordsTest {

    @ParameterizedTest
    @CsvSource({
        "ACTIVE,,RUNNING",
        "ACTIVE,powering-off,BUSY",
        "ACTIVE,image_uploading,RUNNING",
        "BUILD,spawning,BUILDING",
        "SHUTOFF,,STOPPED",
        "SHUTOFF,powering-on,BUSY",
        "SHELVED_OFFLOADED,,STOPPED",
        "PAUSED,,PAUSED",
        "SUSPENDED,,SAVED",
        "ERROR,,FAILED",
        "ERROR,deleting,BUSY",
        "RESCUE,,RUNNING",
        "VERIFY_RESIZE,,BUSY",
        "HARD_REBOOT,reboot_started_hard,BUSY",
        "UNKNOWN,,BUSY",
        "SOMETHING_NEW,,BUSY"
    })
    void states_are_mapped_and_unknown_ones_are_busy(String status, String task, RemoteState state) {
        Map<String, Object> server = new HashMap<>(Fixtures.server("a", "t", status));
        if (task != null) {
            server.put("OS-EXT-STS:task_state", task);
        }
        assertThat(States.of(
                        Server.of(Answer.MAPPER.valueToTree(server), Dialect.OPENSTACK, _ -> Server.clamped(1, 16, 0))))
                .isEqualTo(state);
    }

    private static GuestContext context(Keys how, String data, String... keys) {
        return GuestContext.of(
                new BootContext(
                        Optional.empty(),
                        Optional.of(data).filter(text -> !text.isEmpty()).map(Bytes::utf8),
                        List.of(keys)),
                how);
    }

    private static String decoded(GuestContext context) {
        return new String(Base64.getDecoder().decode(context.userData().orElseThrow()), StandardCharsets.UTF_8);
    }

    @Test
    void one_key_is_a_key_pair_and_leaves_user_data_as_it_is() {
        GuestContext context = context(Keys.AUTO, "#!/bin/sh\ntrue\n", "ssh-ed25519 AAAA one");
        assertThat(context.key()).contains("ssh-ed25519 AAAA one");
        assertThat(decoded(context)).isEqualTo("#!/bin/sh\ntrue\n");
    }

    @Test
    void several_keys_are_told_to_cloud_init_beside_the_user_data() {
        GuestContext context = context(Keys.AUTO, "#!/bin/sh\ntrue\n", "ssh-ed25519 AAAA one", "ssh-rsa BBBB two");
        assertThat(context.key()).contains("ssh-ed25519 AAAA one");
        String mime = decoded(context);
        assertThat(mime).startsWith("Content-Type: multipart/mixed; boundary=\"hansa-");
        List<String> parts = java.util.regex.Pattern.compile("base64\n\n([A-Za-z0-9+/=\n]+?)\n\n")
                .matcher(mime)
                .results()
                .map(part -> new String(Base64.getMimeDecoder().decode(part.group(1)), StandardCharsets.UTF_8))
                .toList();
        assertThat(parts).hasSize(2);
        assertThat(parts.getFirst())
                .startsWith("#cloud-config\n")
                .endsWith("ssh_authorized_keys:\n  - \"ssh-ed25519 AAAA one\"\n  - \"ssh-rsa BBBB two\"\n");
        assertThat(parts.getLast()).isEqualTo("#!/bin/sh\ntrue\n");
        assertThat(mime).contains("Content-Type: text/cloud-config", "Content-Type: text/x-shellscript");
        assertThat(context(Keys.AUTO, "#!/bin/sh\ntrue\n", "ssh-ed25519 AAAA one", "ssh-rsa BBBB two"))
                .isEqualTo(context);
    }

    @Test
    void user_data_that_is_too_long_for_nova_is_refused() {
        assertThat(context(Keys.AUTO, "x".repeat(49_149)).userData()).isPresent();
        assertThatThrownBy(() -> context(Keys.AUTO, "x".repeat(49_150)))
                .isInstanceOf(CloudException.InvalidRequest.class)
                .hasMessageContaining("49149");
    }

    @Test
    void tags_are_short_enough_and_descriptions_are_read_back() {
        Token longest = new Token("x".repeat(64));
        assertThat(Marks.tag(longest)).hasSizeLessThanOrEqualTo(60);
        assertThat(Marks.tag(new Token("t-1"))).isEqualTo("hansa.t-1");
        String description = Marks.description(Optional.of(new Token("nic-1")), longest);
        assertThat(Marks.tokenOf(description)).contains(new Token("nic-1"));
        assertThat(Marks.belongsTo(description, longest)).isTrue();
        assertThat(Marks.belongsTo(description, new Token("x"))).isFalse();
        assertThat(Marks.tokenOf(Marks.description(Optional.empty(), longest))).isEmpty();
        assertThat(Marks.tokenOf("somebody else's words")).isEmpty();
    }

    @Test
    void endpoints_are_chosen_by_kind_interface_and_region() {
        Catalogue catalogue = new Catalogue(List.of(
                new Catalogue.Endpoint("compute", "public", "north", "https://north.example.org/compute/v2.1/"),
                new Catalogue.Endpoint("compute", "public", "south", "https://south.example.org/compute/v2.1"),
                new Catalogue.Endpoint("compute", "internal", "north", "https://10.0.0.1/compute/v2.1"),
                new Catalogue.Endpoint("network", "public", "north", "https://north.example.org:9696/"),
                new Catalogue.Endpoint("image", "public", "north", "http://north.example.org/image/v2")));
        OpenStackSettings north = Fixtures.parsed(Map.of("region-name", "north"));
        assertThat(catalogue.find(ServiceKind.COMPUTE, north))
                .hasToString("Optional[https://north.example.org/compute/v2.1]");
        assertThat(catalogue.find(ServiceKind.COMPUTE, Fixtures.parsed(Map.of("interface", "internal"))))
                .hasToString("Optional[https://10.0.0.1/compute/v2.1]");
        assertThat(catalogue.find(ServiceKind.NETWORK, north))
                .hasToString("Optional[https://north.example.org:9696/v2.0]");
        assertThat(catalogue.find(ServiceKind.VOLUME, north)).isEmpty();
        assertThatThrownBy(() -> catalogue.find(ServiceKind.COMPUTE, Fixtures.parsed(Map.of())))
                .isInstanceOf(CloudException.InvalidRequest.class)
                .hasMessageContaining("north, south");
        assertThatThrownBy(() -> catalogue.find(ServiceKind.IMAGE, north))
                .isInstanceOf(CloudException.Unauthorised.class)
                .hasMessageContaining("insecure-endpoints");
        assertThat(catalogue.find(ServiceKind.IMAGE, Fixtures.parsed(Map.of("insecure-endpoints", "true"))))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp/0", "tcp/70000", "tcp/9-3", "sctp/1", "everything"})
    void what_cannot_be_allowed_is_refused(String text) {
        assertThatThrownBy(() -> Ingress.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'allow'");
    }

    @Test
    void settings_that_do_not_go_together_are_refused_with_what_to_mend() {
        assertThatThrownBy(() -> Fixtures.parsed(Map.of("auth-url", "keystone.example.org")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'auth-url' is such as");
        assertThatThrownBy(() -> Fixtures.parsed(Map.of("application-credential-id", "x")))
                .hasMessage("'application-credential-secret' is required for v3applicationcredential");
        assertThatThrownBy(() -> Fixtures.parsed(Map.of("username", "")))
                .hasMessageContaining("'username' or 'user-id' is required");
        assertThatThrownBy(() -> Fixtures.parsed(Map.of("auth-type", "kerberos")))
                .hasMessageStartingWith("'auth-type' is password,");
        assertThat(Fixtures.parsed(Map.of("auth-url", "https://keystone.example.org/identity/v3/"))
                        .login()
                        .keystone())
                .hasToString("https://keystone.example.org/identity/v3");
    }
}
