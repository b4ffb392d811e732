package hansa.drivers.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Adoption;
import hansa.cloud.BootContext;
import hansa.cloud.Bytes;
import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.ImageStore;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteState;
import hansa.drivers.openstack.FakeSite.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The words of Synnefo, as far as its client tells them. */
final class SynnefoTest {

    private final FakeSite site = new FakeSite();
    private final Map<String, String> settings = Map.of("dialect", "synnefo", "token", "known", "network", "net-1");

    @AfterEach
    void stop() {
        site.close();
    }

    private Cloud open() {
        site.take("known");
        site.on(
                "POST /identity/v2.0/tokens",
                _ -> Reply.ok(Map.of(
                        "access",
                        Map.of(
                                "token",
                                Map.of("id", "known", "tenant", Map.of("id", FakeSite.PROJECT)),
                                "serviceCatalog",
                                List.of(
                                        service("compute", "/compute/v2.1"),
                                        service("network", "/network/v2.0"),
                                        service("image", "/image/v1.0"))))));
        return Fixtures.open(site.url(), settings);
    }

    private Map<String, Object> service(String type, String path) {
        return Map.of("type", type, "endpoints", List.of(Map.of("region", "default", "publicURL", site.url() + path)));
    }

    @Test
    void machines_are_made_started_and_stopped_in_its_words() {
        site.list("/compute/v2.1/servers/detail", "servers", Fixtures.server("a", "t-a", "STOPPED"));
        site.on("GET /compute/v2.1/servers/a", _ -> Reply.ok(Map.of("server", Fixtures.server("a", "t-a", "STOPPED"))));
        site.on("POST /compute/v2.1/servers/a/action", _ -> Reply.text(202, ""));
        site.on("POST /compute/v2.1/servers", _ -> Reply.json(202, Map.of("server", Map.of("id", "a"))));
        try (Cloud cloud = open()) {
            assertThat(cloud.list())
                    .singleElement()
                    .satisfies(machine -> assertThat(machine.state()).isEqualTo(RemoteState.STOPPED));
            cloud.power(new RemoteId("a"), PowerAction.START);
            assertThat(site.requests().getLast().json().has("start")).isTrue();
            assertThat(site.requests().getLast().headers()).doesNotContainKey("openstack-api-version");

            cloud.create(Fixtures.order(
                    "t-b", new BootContext(Optional.empty(), Optional.empty(), List.of("ssh-rsa AAAA x"))));
            var sent = site.requests().stream()
                    .filter(request -> request.line().equals("POST /compute/v2.1/servers"))
                    .toList()
                    .getLast()
                    .json()
                    .path("server");
            assertThat(sent.path("personality").path(0).path("path").asString())
                    .isEqualTo("/root/.ssh/authorized_keys");
            assertThat(sent.has("security_groups")).isFalse();
            BootContext data = new BootContext(Optional.empty(), Optional.of(Bytes.utf8("#!/bin/sh\n")), List.of());
            assertThatThrownBy(() -> cloud.create(Fixtures.order("t-c", data)))
                    .isInstanceOf(CloudException.InvalidRequest.class);
        }
    }

    @Test
    void it_has_the_facets_that_are_known_to_be_alike() {
        try (Cloud cloud = open()) {
            assertThat(cloud.facet(Adoption.class)).isPresent();
            assertThat(cloud.facet(ImageStore.class)).isEmpty();
        }
    }
}
