package hansa.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hansa.cloud.BootContext;
import hansa.cloud.Bytes;
import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.MachineOrder;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteNic;
import hansa.cloud.RemoteState;
import hansa.cloud.Size;
import hansa.cloud.Token;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One guest on the real libvirt, from its first boot to its last. */
@Tag("peer")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealGuestPeerTest {

    private final LibvirtPeer peer = new LibvirtPeer();
    private final Cloud cloud = peer.open();

    @AfterAll
    void leaveNothing() {
        cloud.close();
        peer.close();
    }

    static MachineOrder order(Token token, String script, String... keys) {
        return new MachineOrder(
                token,
                "a real <guest> & 'more'",
                LibvirtPeer.IMAGE,
                new Size(1, 128, 0),
                Optional.empty(),
                new BootContext(Optional.of("guest-1"), Optional.of(Bytes.utf8(script)), List.of(keys)),
                List.of(),
                List.of());
    }

    @Test
    void a_guest_boots_with_its_owners_script_and_keys_and_serves_a_page() throws Exception {
        Token token = LibvirtPeer.newToken();
        String script = """
                #!/bin/sh
                echo "the script says: $((6 * 7))"
                mkdir -p /www
                echo "a page from the guest" > /www/index.html
                httpd -p 80 -h /www
                """;
        RemoteMachine machine = cloud.create(order(token, script, "ssh-ed25519 AAAAC3Nza alice", "ssh-rsa AAAAB3 bob"));
        String console = LibvirtPeer.awaitOnConsole(cloud, machine.id(), "tiny: READY guest-1");
        assertThat(console)
                .contains("the script says: 42")
                .contains("tiny: ssh keys 2")
                .contains("tiny: address eth0 10.0.2.15/24 gateway none");

        RemoteMachine running = LibvirtPeer.awaitState(cloud, machine.id(), RemoteState.RUNNING);
        assertThat(running.name()).isEqualTo("a real <guest> & 'more'");
        RemoteNic nic = running.nics().getFirst();
        assertThat(nic.addresses()).containsExactly("10.0.2.15");
        RemoteNic.Forward web = nic.forwards().stream()
                .filter(f -> f.guestPort() == 80)
                .findFirst()
                .orElseThrow();
        assertThat(page(web)).isEqualTo("a page from the guest\n");

        cloud.delete(machine.id());
        assertThat(cloud.findByToken(token)).isEmpty();
        assertThat(Folders.children(peer.folder().resolve("cloud/machines"))).isEmpty();
    }

    @Test
    void a_guest_with_opennebulas_context_packages_is_served_as_well() {
        try (Cloud opennebula = peer.open("context", "opennebula")) {
            RemoteMachine machine = opennebula.create(
                    order(LibvirtPeer.newToken(), "#!/bin/sh\necho \"it's $(hostname)\"\n", "ssh-rsa AAAA it's me"));
            assertThat(LibvirtPeer.awaitOnConsole(opennebula, machine.id(), "tiny: READY guest-1"))
                    .contains("tiny: context opennebula")
                    .contains("tiny: ssh keys 1")
                    .contains("it's guest-1");
            opennebula.delete(machine.id());
        }
    }

    @Test
    void limits_hold_and_what_they_refuse_leaves_nothing() {
        try (Cloud small = peer.open("max-cores", "2", "published-ports", "")) {
            Token token = LibvirtPeer.newToken();
            MachineOrder large = new MachineOrder(
                    token,
                    "too large",
                    LibvirtPeer.IMAGE,
                    new Size(3, 128, 0),
                    Optional.empty(),
                    BootContext.EMPTY,
                    List.of(),
                    List.of());
            assertThatThrownBy(() -> small.create(large))
                    .isInstanceOf(CloudException.QuotaExceeded.class)
                    .hasMessageStartingWith("the limit is 2 cores, ");
            assertThat(small.findByToken(token)).isEmpty();
            assertThat(peer.folder().resolve("cloud/machines").resolve(token.value()))
                    .doesNotExist();
        }
    }

    private static String page(RemoteNic.Forward forward) throws Exception {
        URI uri = URI.create("http://" + forward.host() + ":" + forward.port() + "/");
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
            return await("the guest's page")
                    .atMost(LibvirtPeer.PATIENCE)
                    .ignoreExceptions()
                    .until(
                            () -> client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                                    .body(),
                            body -> !body.isEmpty());
        }
    }
}
