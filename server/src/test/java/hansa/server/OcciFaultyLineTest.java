package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Adoption;
import hansa.cloud.BootContext;
import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription.Flavour;
import hansa.cloud.CloudDriver.Surroundings;
import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import hansa.cloud.MachineOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Settings;
import hansa.cloud.Token;
import hansa.cloud.kit.Fault;
import hansa.cloud.kit.FaultScript;
import hansa.cloud.kit.FaultsConformance;
import hansa.cloud.kit.FaultsSubject;
import hansa.cloud.kit.FaultyProxy;
import hansa.drivers.occi.OcciDriver;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The kit's faults between the driver and another Hansa, which makes one machine of a token by itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OcciFaultyLineTest implements FaultsConformance {

    private RunningNode other;
    private Path folder;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        other = RunningNode.start(folder.resolve("other"), "clouds.sim.driver=simulated");
    }

    @Override
    public FaultsSubject openThroughFaults() {
        URI occi = other.endpoint("occi");
        FaultyProxy proxy = new FaultyProxy(new InetSocketAddress(occi.getHost(), occi.getPort()));
        OcciDriver driver = new OcciDriver();
        Settings settings = Settings.of(
                driver.settings(),
                Map.of("url", proxy.through(occi).toString(), "token", other.token(), "time-limit", "1s"));
        Cloud cloud = driver.open(new CloudName("b"), settings, new Surroundings(folder, Clock.systemUTC()));
        RemoteId image = cloud.describe().images().stream()
                .filter(one -> one.name().equals("tiny"))
                .map(RemoteImage::id)
                .findFirst()
                .orElseThrow();
        Flavour small = cloud.describe().flavours().stream()
                .filter(one -> one.name().equals("small"))
                .findFirst()
                .orElseThrow();
        return new FaultsSubject(
                proxy,
                cloud,
                token -> new MachineOrder(
                        token,
                        "kit machine",
                        image,
                        small.size(),
                        Optional.of(small.id()),
                        BootContext.EMPTY,
                        List.of(),
                        List.of()),
                Duration.ofSeconds(30),
                true);
    }

    @Test
    void nothing_takes_more_requests_than_it_needs() {
        try (FaultsSubject subject = openThroughFaults()) {
            Cloud cloud = subject.cloud();
            Token token = new Token("few-requests");
            assertThat(requests(subject, cloud::describe)).isEqualTo(2);
            assertThat(requests(subject, () -> cloud.create(subject.order().apply(token))))
                    .isEqualTo(1);
            assertThat(requests(subject, () -> cloud.create(subject.order().apply(token))))
                    .isEqualTo(2);
            assertThat(requests(subject, () -> cloud.findByToken(token))).isEqualTo(1);
            assertThat(requests(subject, cloud::list)).isEqualTo(1);
            RemoteId machine = cloud.findByToken(token).orElseThrow().id();
            assertThat(requests(subject, () -> cloud.read(machine))).isEqualTo(1);
            assertThat(requests(subject, () -> cloud.delete(machine))).isEqualTo(1);
        }
    }

    @Test
    void a_machine_that_was_there_before_is_adopted_and_let_go_again() {
        assertThat(other.occi("POST", "/compute/", """
                        Category: compute; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"
                        Category: tiny; scheme="http://schemas.openstack.org/template/os#"; class="mixin"
                        X-OCCI-Attribute: occi.core.id="old"
                        X-OCCI-Attribute: occi.core.title="an old one"
                        """).statusCode()).isEqualTo(201);
        RemoteId old = new RemoteId("old");
        Token token = new Token("adopted");
        try (FaultsSubject subject = openThroughFaults()) {
            Cloud cloud = subject.cloud();
            Adoption adoption = cloud.facet(Adoption.class).orElseThrow();
            assertThat(cloud.list()).extracting(RemoteMachine::id).doesNotContain(old);
            assertThat(adoption.others()).extracting(RemoteMachine::id).containsExactly(old);

            subject.proxy().script(FaultScript.at(2, Fault.LOST_AFTER));
            assertThatThrownBy(() -> adoption.adopt(old, token)).isInstanceOf(CloudException.Unavailable.class);
            RemoteMachine ours = adoption.adopt(old, token);
            assertThat(ours.token()).contains(token);
            assertThat(ours.name()).isEqualTo("an old one");
            assertThat(adoption.adopt(old, token).id()).isEqualTo(old);
            assertThatThrownBy(() -> adoption.adopt(old, new Token("another")))
                    .isInstanceOf(CloudException.Conflict.class);
            assertThatThrownBy(() -> adoption.adopt(new RemoteId("none"), token))
                    .isInstanceOf(CloudException.NotFound.class);
            assertThat(cloud.findByToken(token)).map(RemoteMachine::id).contains(old);
            assertThat(cloud.list()).extracting(RemoteMachine::id).contains(old);
            assertThat(adoption.others()).isEmpty();

            adoption.release(old);
            adoption.release(old);
            adoption.release(new RemoteId("none"));
            assertThat(cloud.findByToken(token)).isEmpty();
            assertThat(cloud.read(old).token()).isEmpty();
        }
        assertThat(other.occi("DELETE", "/compute/old", "").statusCode()).isEqualTo(200);
    }

    private static int requests(FaultsSubject subject, Runnable call) {
        subject.proxy().forgetRequests();
        call.run();
        return subject.proxy().requests().size();
    }

    @AfterAll
    void stop() {
        other.close();
    }
}
