package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import cz.cesnet.cloud.occi.Model;
import cz.cesnet.cloud.occi.api.Client;
import cz.cesnet.cloud.occi.api.EntityBuilder;
import cz.cesnet.cloud.occi.api.exception.CommunicationException;
import cz.cesnet.cloud.occi.api.http.HTTPClient;
import cz.cesnet.cloud.occi.api.http.auth.BasicAuthentication;
import cz.cesnet.cloud.occi.core.ActionInstance;
import cz.cesnet.cloud.occi.core.Entity;
import cz.cesnet.cloud.occi.core.Link;
import cz.cesnet.cloud.occi.core.Resource;
import cz.cesnet.cloud.occi.parser.MediaType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** jOCCI, the OCCI client library for Java, against a whole node as its users run it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JocciClientTest {

    private static final String ACTION = "http://schemas.ogf.org/occi/infrastructure/compute/action#";
    private static final String NAME_INDICATION = "jsse.enableSNIExtension";

    private final Optional<String> nameIndication = Optional.ofNullable(System.getProperty(NAME_INDICATION));
    private RunningNode node;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        node = RunningNode.start(folder.resolve("data"), "clouds.sim.driver=simulated");
        assertThat(node.rest("POST", "/users", "{\"name\":\"ada\",\"password\":\"a good long secret\"}")
                        .statusCode())
                .isEqualTo(201);
    }

    @AfterAll
    void stop() {
        node.close();
        // The client sets it for the whole process.
        nameIndication.ifPresentOrElse(
                value -> System.setProperty(NAME_INDICATION, value), () -> System.clearProperty(NAME_INDICATION));
    }

    private Client client(String mediaType) throws CommunicationException {
        return new HTTPClient(
                node.endpoint("occi"), new BasicAuthentication("ada", "a good long secret"), mediaType, true);
    }

    private static Resource described(Client client, URI location) throws CommunicationException {
        List<Entity> found = client.describe(location);
        assertThat(found).hasSize(1);
        return (Resource) found.getFirst();
    }

    private static void awaitState(Client client, URI location, String state) {
        await(state)
                .atMost(Duration.ofSeconds(30))
                .until(() -> described(client, location)
                        .getValue("occi.compute.state")
                        .equals(state));
    }

    /** The client reads an empty list as one empty address. */
    private static List<URI> listed(Client client, String kind) throws CommunicationException {
        return client.list(kind).stream()
                .filter(location -> !location.toString().isEmpty())
                .toList();
    }

    @Test
    void carriesAMachineThroughItsLife() throws Exception {
        Client client = client(MediaType.TEXT_PLAIN);
        Model model = client.getModel();
        assertThat(model.findKind("compute").getLocation()).isEqualTo(URI.create("/compute/"));
        assertThat(model.findRelatedMixins("os_tpl"))
                .extracting(mixin -> mixin.getTerm())
                .contains("tiny", "debian12");
        assertThat(model.findRelatedMixins("resource_tpl"))
                .extracting(mixin -> mixin.getTerm())
                .contains("small", "medium", "large");
        assertThat(listed(client, "compute")).isEmpty();
        assertThat(listed(client, "network")).isNotEmpty();

        EntityBuilder builder = new EntityBuilder(model);
        Resource wanted = builder.getResource("compute");
        wanted.setTitle("by jOCCI");
        wanted.addMixin(model.findMixin("tiny", "os_tpl"));
        wanted.addMixin(model.findMixin("medium", "resource_tpl"));
        URI location = client.create(wanted);
        assertThat(location.toString()).startsWith(node.endpoint("occi") + "/compute/");
        assertThat(listed(client, "compute")).containsExactly(location);
        awaitState(client, location, "active");

        Resource machine = described(client, location);
        assertThat(machine.getTitle()).isEqualTo("by jOCCI");
        assertThat(location.toString()).endsWith("/" + machine.getId());
        assertThat(machine.getValue("occi.compute.cores")).isEqualTo("2");
        assertThat(Double.parseDouble(machine.getValue("occi.compute.memory"))).isEqualTo(2.0);
        assertThat(machine.getMixins()).extracting(mixin -> mixin.getTerm()).contains("tiny", "medium");
        assertThat(machine.getActions())
                .extracting(action -> action.getTerm())
                .containsExactlyInAnyOrder("stop", "restart", "suspend", "save");
        assertThat(machine.getLinks()).hasSize(1);
        Link link = machine.getLinks().iterator().next();
        assertThat(link.getTarget()).contains("/network/");
        assertThat(client.describe("compute")).hasSize(1);

        ActionInstance stop = builder.getActionInstance(URI.create(ACTION + "stop"));
        assertThat(client.trigger(location, stop)).isTrue();
        awaitState(client, location, "inactive");
        assertThat(client.trigger(location, builder.getActionInstance(URI.create(ACTION + "start"))))
                .isTrue();
        awaitState(client, location, "active");

        assertThat(client.delete(location)).isTrue();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> listed(client, "compute").isEmpty());
    }

    @Test
    void makesAVolumeAndPlugsItIn() throws Exception {
        Client client = client(MediaType.TEXT_PLAIN);
        Model model = client.getModel();
        EntityBuilder builder = new EntityBuilder(model);
        Resource volume = builder.getResource("storage");
        volume.setTitle("data");
        volume.addAttribute("occi.storage.size", "1");
        URI disk = client.create(volume);
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        described(client, disk).getValue("occi.storage.state").equals("online"));

        Resource wanted = builder.getResource("compute");
        wanted.addMixin(model.findMixin("tiny", "os_tpl"));
        wanted.addMixin(model.findMixin("small", "resource_tpl"));
        Link plugged = builder.getLink("storagelink");
        plugged.setTarget(disk.toString());
        plugged.setRelation("http://schemas.ogf.org/occi/infrastructure#storage");
        wanted.addLink(plugged);
        URI machine = client.create(wanted);
        awaitState(client, machine, "active");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> described(client, machine).getLinks().stream()
                        .anyMatch(link -> link.getTarget().endsWith(disk.getPath())));

        assertThat(client.delete(machine)).isTrue();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> listed(client, "compute").isEmpty());
        assertThat(client.delete(disk)).isTrue();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> listed(client, "storage").isEmpty());
    }

    /** Its header rendering cannot be read back: the client takes the first attribute only, and lists from Location. */
    @Test
    void makesAndDeletesAMachineByHeadersAlone() throws Exception {
        Client client = client(MediaType.TEXT_OCCI);
        Model model = client.getModel();
        Resource wanted = new EntityBuilder(model).getResource("compute");
        wanted.setTitle("by headers");
        wanted.addMixin(model.findMixin("tiny", "os_tpl"));
        wanted.addMixin(model.findMixin("small", "resource_tpl"));
        URI location = client.create(wanted);
        Client reader = client(MediaType.TEXT_PLAIN);
        awaitState(reader, location, "active");
        assertThat(described(reader, location).getTitle()).isEqualTo("by headers");
        ActionInstance suspend = new EntityBuilder(model).getActionInstance(URI.create(ACTION + "suspend"));
        assertThat(client.trigger(location, suspend)).isTrue();
        awaitState(reader, location, "suspended");
        assertThat(client.delete(location)).isTrue();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> listed(reader, "compute").isEmpty());
    }

    @Test
    void isToldWhyItIsNotLetIn() {
        assertThatExceptionOfType(CommunicationException.class)
                .isThrownBy(() -> new HTTPClient(
                        node.endpoint("occi"), new BasicAuthentication("ada", "wrong"), MediaType.TEXT_PLAIN, true));
    }
}
