package hansa.drivers.openstack;

import static org.awaitility.Awaitility.await;

import hansa.cloud.BootContext;
import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription;
import hansa.cloud.CloudDriver;
import hansa.cloud.CloudName;
import hansa.cloud.MachineOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.cloud.Settings;
import hansa.cloud.Token;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The real OpenStack that {@code peers/openstack up} starts and tells of in environment variables. */
final class OpenStackPeer {

    /** Guests run without hardware acceleration there. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private OpenStackPeer() {}

    static String variable(String name) {
        return Optional.ofNullable(System.getenv(name))
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> new AssertionError(name + " is not set; start the peer with peers/openstack up"));
    }

    /** As a member of the project. */
    static Map<String, String> member() {
        Map<String, String> settings = new HashMap<>();
        settings.put("auth-url", variable("HANSA_OPENSTACK_AUTH_URL"));
        settings.put("username", variable("HANSA_OPENSTACK_USER"));
        settings.put("password", variable("HANSA_OPENSTACK_PASSWORD"));
        settings.put("project-name", variable("HANSA_OPENSTACK_PROJECT"));
        settings.put("network", variable("HANSA_OPENSTACK_NETWORK"));
        settings.put("allow", "icmp,tcp/22,tcp/80");
        settings.put("time-limit", "4m");
        settings.put("page", "2");
        return settings;
    }

    /** Of the same project, for who logs in in another way. */
    static Map<String, String> without(String... keys) {
        Map<String, String> settings = member();
        List.of(keys).forEach(settings::remove);
        return settings;
    }

    static Cloud open(Map<String, String> settings) {
        return open(settings, InstantSource.system());
    }

    static Cloud open(Map<String, String> settings, InstantSource clock) {
        CloudDriver driver = new OpenStackDriver();
        return driver.open(
                new CloudName("peer"),
                Settings.of(driver.settings(), settings),
                new CloudDriver.Surroundings(Path.of("."), clock));
    }

    static Token token() {
        return new Token("peer-" + UUID.randomUUID());
    }

    /** Of the smallest flavour, on the usual network. */
    static MachineOrder order(Cloud cloud, Token token) {
        CloudDescription.Flavour flavour = flavour(cloud);
        return new MachineOrder(
                token,
                "peer machine",
                image(cloud),
                flavour.size(),
                Optional.of(flavour.id()),
                BootContext.EMPTY,
                List.of(),
                List.of());
    }

    static RemoteMachine reaches(Cloud cloud, RemoteId id, RemoteState state) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> cloud.read(id), machine -> machine.state() == state);
    }

    static void gone(Cloud cloud, RemoteId id) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() ->
                        cloud.list().stream().noneMatch(machine -> machine.id().equals(id)));
    }

    /** One service as a second view of the same project sees it. */
    static <T> T asked(ServiceKind kind, Function<Service, T> question) {
        OpenStackSettings settings = OpenStackSettings.of(Settings.of(OpenStackSettings.ALL, member()));
        try (Wire wire = new Wire(settings)) {
            return question.apply(
                    new Service(wire, new Keystone(wire, settings, InstantSource.system()), settings, kind));
        }
    }

    static RemoteId image(Cloud cloud) {
        return cloud.describe().images().stream()
                .filter(image -> image.name().equals(variable("HANSA_OPENSTACK_IMAGE")))
                .findFirst()
                .orElseThrow()
                .id();
    }

    static CloudDescription.Flavour flavour(Cloud cloud) {
        return cloud.describe().flavours().stream()
                .filter(flavour -> flavour.name().equals(variable("HANSA_OPENSTACK_FLAVOUR")))
                .findFirst()
                .orElseThrow();
    }
}
