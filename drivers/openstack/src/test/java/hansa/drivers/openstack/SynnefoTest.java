package hansa.drivers.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Adoption;
import hansa.cloud.BootContext;
import hansa.cloud.Bytes;
import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription;
import hansa.cloud.CloudException;
import hansa.cloud.HostAffinity;
import hansa.cloud.ImageStore;
import hansa.cloud.MachineOrder;
import hansa.cloud.NicOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.RemoteState;
import hansa.cloud.Size;
import hansa.cloud.Token;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a server that answers as Synnefo's source says. */
final class SynnefoTest {

    private final FakeSite site = new FakeSite();
    private final FakeSynnefo synnefo = new FakeSynnefo(site);

    @AfterEach
    void stop() {
        site.close();
    }

    private Cloud open(Map<String, String> more) {
        Map<String, String> settings =
                new HashMap<>(Map.of("dialect", "synnefo", "token", FakeSynnefo.TOKEN, "time-limit", "300ms"));
        settings.putAll(more);
        return Fixtures.open(site.url(), settings);
    }

    private static MachineOrder order(String token, BootContext context, NicOrder... nics) {
        return new MachineOrder(
                new Token(token),
                "a machine",
                new RemoteId(Fixtures.IMAGE),
                new Size(2, 2048, 20),
                Optional.of(new RemoteId("1")),
                context,
                List.of(nics),
                List.of());
    }

    private static NicOrder nic(String network, Optional<String> mac) {
        return new NicOrder(new Token("nic"), new RemoteId(network), Optional.empty(), mac);
    }

    @Test
    void what_it_offers_is_told_with_the_quotas_of_its_account_service() {
        try (Cloud cloud = open(Map.of())) {
            CloudDescription offer = cloud.describe();
            assertThat(offer.flavours())
                    .as("those that machines can be made of")
                    .singleElement()
                    .satisfies(flavour -> assertThat(flavour.size()).isEqualTo(new Size(2, 2048, 20)));
            assertThat(offer.images())
                    .singleElement()
                    .satisfies(image -> assertThat(image.name()).isEqualTo("Debian Base"));
            assertThat(offer.networks())
                    .extracting(RemoteNetwork::publicAddresses)
                    .containsExactly(false, true);
            assertThat(offer.limits().machines()).contains(4L);
            assertThat(offer.limits().memoryMib()).contains(8192L);
            assertThat(offer.used().cores()).contains(2L);
        }
    }

    @Test
    void a_machine_is_made_started_stopped_and_deleted_in_its_words() {
        try (Cloud cloud = open(Map.of())) {
            BootContext keys = new BootContext(Optional.empty(), Optional.empty(), List.of("ssh-rsa AAAA x"));
            RemoteMachine made = cloud.create(order("t-1", keys));
            assertThat(made.id()).isEqualTo(new RemoteId("42"));
            assertThat(made.state()).isEqualTo(RemoteState.BUILDING);
            assertThat(made.size()).isEqualTo(new Size(2, 2048, 20));
            assertThat(cloud.create(order("t-1", keys)).id()).isEqualTo(made.id());
            var sent = synnefo.ordered();
            assertThat(sent.path("personality").path(0).path("path").asString())
                    .isEqualTo("/root/.ssh/authorized_keys");
            assertThat(sent.has("security_groups") || sent.has("tags") || sent.has("config_drive"))
                    .isFalse();
            assertThat(sent.has("networks"))
                    .as("it gives public addresses to who asks for nothing")
                    .isFalse();
            assertThat(site.requests()).noneMatch(request -> request.headers().containsKey("openstack-api-version"));

            synnefo.finish();
            assertThat(cloud.list()).singleElement().satisfies(machine -> {
                assertThat(machine.state()).isEqualTo(RemoteState.RUNNING);
                assertThat(machine.nics()).singleElement().satisfies(nic -> {
                    assertThat(nic.id()).isEqualTo(new RemoteId("42"));
                    assertThat(nic.network()).isEqualTo(new RemoteId("8"));
                    assertThat(nic.mac()).isEqualTo("aa:01:02:6c:34:42");
                    assertThat(nic.addresses()).containsExactly("10.0.0.9");
                });
            });
            cloud.power(made.id(), PowerAction.SHUTDOWN);
            assertThat(cloud.read(made.id()).state()).isEqualTo(RemoteState.BUSY);
            assertThat(cloud.read(made.id()).message()).isEqualTo("Nova: stopping");
            assertThatThrownBy(() -> cloud.power(made.id(), PowerAction.START))
                    .isInstanceOf(CloudException.Conflict.class);
            synnefo.finish();
            assertThat(cloud.read(made.id()).state()).isEqualTo(RemoteState.STOPPED);
            cloud.power(made.id(), PowerAction.START);
            synnefo.finish();
            cloud.power(made.id(), PowerAction.REBOOT);
            synnefo.finish();
            assertThatThrownBy(() -> cloud.power(made.id(), PowerAction.PAUSE))
                    .isInstanceOf(CloudException.InvalidRequest.class);
            cloud.delete(made.id());
            synnefo.finish();
            cloud.delete(made.id());
            assertThat(cloud.list()).isEmpty();
            assertThatThrownBy(() -> cloud.read(made.id())).isInstanceOf(CloudException.NotFound.class);
        }
    }

    @Test
    void a_machine_on_a_private_network_knows_its_gateway() {
        try (Cloud cloud = open(Map.of("network", "lan"))) {
            cloud.create(order("t-1", BootContext.EMPTY));
            assertThat(synnefo.ordered().path("networks").path(0).path("uuid").asString())
                    .isEqualTo("7");
            assertThat(cloud.list().getFirst().nics().getFirst().gateway()).contains("10.0.0.1");
            RemoteMachine asked = cloud.create(order("t-2", BootContext.EMPTY, nic("7", Optional.empty())));
            assertThat(asked.nics().getFirst().token()).contains(new Token("nic"));
        }
    }

    @Test
    void what_it_cannot_do_is_refused_and_makes_nothing() {
        try (Cloud cloud = open(Map.of())) {
            BootContext data = new BootContext(Optional.empty(), Optional.of(Bytes.utf8("#!/bin/sh\n")), List.of());
            for (MachineOrder order : List.of(
                    order("t-1", data),
                    order("t-2", BootContext.EMPTY, nic("8", Optional.empty())),
                    order("t-3", BootContext.EMPTY, nic("7", Optional.of("02:00:00:00:00:01"))))) {
                assertThatThrownBy(() -> cloud.create(order)).isInstanceOf(CloudException.InvalidRequest.class);
            }
            assertThat(cloud.list()).isEmpty();
        }
    }

    @Test
    void failures_quotas_and_refused_tokens_say_why() {
        try (Cloud cloud = open(Map.of())) {
            cloud.create(order("t-1", BootContext.EMPTY));
            synnefo.fail(42, "Image customization failed.");
            assertThat(cloud.list().getFirst().state()).isEqualTo(RemoteState.FAILED);
            assertThat(cloud.list().getFirst().message()).isEqualTo("Image customization failed.");
            for (int number = 2; number < 5; number++) {
                cloud.create(order("t-" + number, BootContext.EMPTY));
            }
            assertThatThrownBy(() -> cloud.create(order("t-5", BootContext.EMPTY)))
                    .isInstanceOf(CloudException.QuotaExceeded.class)
                    .hasMessageStartingWith("Limit for resource 'Virtual Machine' exceeded");
        }
        try (Cloud cloud = open(Map.of("token", "somebody-elses"))) {
            assertThatThrownBy(cloud::list)
                    .isInstanceOf(CloudException.Unauthorised.class)
                    .hasMessage("Keystone refuses the login with a token, which may have expired: Invalid token");
        }
    }

    @Test
    void machines_of_others_are_adopted_and_released() {
        try (Cloud cloud = open(Map.of())) {
            RemoteId id = cloud.create(order("t-1", BootContext.EMPTY)).id();
            synnefo.finish();
            Adoption adoption = cloud.facet(Adoption.class).orElseThrow();
            adoption.release(id);
            assertThat(cloud.list()).isEmpty();
            assertThat(adoption.others()).extracting(RemoteMachine::id).containsExactly(id);
            assertThat(adoption.adopt(id, new Token("t-2")).token()).contains(new Token("t-2"));
            assertThat(cloud.findByToken(new Token("t-2")))
                    .map(RemoteMachine::id)
                    .contains(id);
        }
    }

    @Test
    void it_has_the_facets_that_are_known_to_be_alike() {
        try (Cloud cloud = open(Map.of())) {
            assertThat(cloud.facet(Adoption.class)).isPresent();
            assertThat(cloud.facet(ImageStore.class)).isEmpty();
            assertThat(cloud.facet(HostAffinity.class)).isEmpty();
        }
    }
}
