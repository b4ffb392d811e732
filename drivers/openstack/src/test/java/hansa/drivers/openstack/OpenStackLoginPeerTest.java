package hansa.drivers.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.cloud.kit.FaultyProxy;
import hansa.drivers.openstack.PeerKeystone.ApplicationCredential;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the driver logs in at a real Keystone: by application credential, and by access tokens that Apache checks before it. */
@Tag("peer")
final class OpenStackLoginPeerTest {

    private static final Duration SOON = Duration.ofMinutes(3);

    private static Map<String, String> by(ApplicationCredential credential) {
        Map<String, String> settings = OpenStackPeer.without("username", "password", "project-name");
        settings.put("application-credential-id", credential.id());
        settings.put("application-credential-secret", credential.secret());
        return settings;
    }

    private static Map<String, String> by(Path accessToken) {
        Map<String, String> settings = OpenStackPeer.without("username", "password");
        settings.put("auth-url", OpenStackPeer.variable("HANSA_OPENSTACK_FEDERATED_URL"));
        settings.put("identity-provider", OpenStackPeer.variable("HANSA_OPENSTACK_IDENTITY_PROVIDER"));
        settings.put("access-token-file", accessToken.toString());
        return settings;
    }

    private static void runsAMachine(Cloud cloud) {
        RemoteId id =
                cloud.create(OpenStackPeer.order(cloud, OpenStackPeer.token())).id();
        try {
            assertThat(OpenStackPeer.reaches(cloud, id, RemoteState.RUNNING).nics())
                    .isNotEmpty();
        } finally {
            cloud.delete(id);
        }
        OpenStackPeer.gone(cloud, id);
    }

    private static void isRefused(Cloud cloud, String... words) {
        assertThatThrownBy(cloud::list)
                .isInstanceOf(CloudException.Unauthorised.class)
                .message()
                .contains(words)
                .doesNotContain("\n");
    }

    @Test
    void an_application_credential_works_the_cloud_until_somebody_deletes_it_and_is_then_not_tried_again_and_again()
            throws Exception {
        URI url = URI.create(OpenStackPeer.variable("HANSA_OPENSTACK_AUTH_URL"));
        try (PeerKeystone keystone = new PeerKeystone();
                FaultyProxy counting = new FaultyProxy(new InetSocketAddress(url.getHost(), url.getPort()))) {
            ApplicationCredential credential = keystone.make(Optional.empty());
            Map<String, String> settings = by(credential);
            settings.put("auth-url", counting.through(url).toString());
            try (Cloud cloud = OpenStackPeer.open(settings)) {
                runsAMachine(cloud);
                assertThat(counting.requests()).hasSize(1);
                keystone.delete(credential);
                counting.forgetRequests();
                await().atMost(SOON)
                        .pollInterval(Duration.ofMillis(200))
                        .untilAsserted(
                                () -> isRefused(cloud, "Keystone refuses the login with an application credential"));
                for (int attempt = 0; attempt < 20; attempt++) {
                    isRefused(cloud, "which may be wrong, expired or deleted");
                }
                assertThat(counting.requests()).as("logins after the deletion").hasSize(1);
            }
        }
    }

    @Test
    void an_application_credential_that_expires_in_mid_flight_is_refused_with_the_reason() throws Exception {
        try (PeerKeystone keystone = new PeerKeystone()) {
            Instant end = Instant.now().plusSeconds(40);
            ApplicationCredential credential = keystone.make(Optional.of(end));
            try (Cloud cloud = OpenStackPeer.open(by(credential))) {
                cloud.list();
                await().atMost(SOON)
                        .pollInterval(Duration.ofMillis(500))
                        .untilAsserted(() -> isRefused(cloud, "application credential", "expired"));
                assertThat(Instant.now()).isAfter(end.minusSeconds(1));
            } finally {
                keystone.delete(credential);
            }
        }
    }

    @Test
    void an_access_token_of_a_trusted_issuer_works_the_cloud_and_is_read_again_when_the_login_ends(@TempDir Path folder)
            throws Exception {
        Path file = folder.resolve("token");
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        Files.writeString(file, PeerKeystone.accessToken("alice", Instant.now().plusSeconds(300)) + "\n");
        try (Cloud cloud = OpenStackPeer.open(by(file), now::get)) {
            runsAMachine(cloud);
            Files.writeString(
                    file, PeerKeystone.accessToken("alice", Instant.now().minusSeconds(60)));
            assertThat(cloud.list()).extracting(RemoteMachine::name).isNotNull();
            now.updateAndGet(before -> before.plus(Duration.ofHours(2)));
            isRefused(
                    cloud, "Keystone refuses the federated login with an access token of peer, which may have expired");
            Files.writeString(
                    file, PeerKeystone.accessToken("alice", Instant.now().plusSeconds(300)));
            now.updateAndGet(before -> before.plus(Duration.ofMinutes(1)));
            cloud.list();
        }
    }

    @Test
    void access_tokens_of_other_keys_and_other_issuers_are_refused(@TempDir Path folder) throws Exception {
        Instant end = Instant.now().plusSeconds(300);
        for (String token : new String[] {
            PeerKeystone.forgedToken("alice", end), PeerKeystone.foreignToken("alice", end), "no-token"
        }) {
            Path file = Files.writeString(folder.resolve("token"), token);
            try (Cloud cloud = OpenStackPeer.open(by(file))) {
                isRefused(cloud, "Keystone refuses the federated login");
            }
        }
    }
}
