package hansa.drivers.openstack;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription;
import hansa.cloud.CloudDriver;
import hansa.cloud.CloudName;
import hansa.cloud.RemoteId;
import hansa.cloud.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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

    static Cloud open(Map<String, String> settings) {
        CloudDriver driver = new OpenStackDriver();
        return driver.open(
                new CloudName("peer"),
                Settings.of(driver.settings(), settings),
                new CloudDriver.Surroundings(Path.of("."), InstantSource.system()));
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
