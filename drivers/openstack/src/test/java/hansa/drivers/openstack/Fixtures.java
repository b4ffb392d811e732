package hansa.drivers.openstack;

import hansa.cloud.BootContext;
import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver;
import hansa.cloud.CloudName;
import hansa.cloud.MachineOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.Settings;
import hansa.cloud.Size;
import hansa.cloud.Token;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the tests of the driver share. */
final class Fixtures {

    static final String IMAGE = "11111111-2222-3333-4444-555555555555";

    private Fixtures() {}

    static Map<String, String> settings(String url, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "auth-url", url + "/identity",
                "username", "somebody",
                "password", "open sesame",
                "project-name", "lab",
                "time-limit", "5s"));
        settings.putAll(more);
        return settings;
    }

    static Cloud open(String url, Map<String, String> more) {
        return open(url, more, InstantSource.system());
    }

    static Cloud open(String url, Map<String, String> more, InstantSource clock) {
        CloudDriver driver = new OpenStackDriver();
        return driver.open(
                new CloudName("site"),
                Settings.of(driver.settings(), settings(url, more)),
                new CloudDriver.Surroundings(Path.of("."), clock));
    }

    static OpenStackSettings parsed(Map<String, String> more) {
        return OpenStackSettings.of(
                Settings.of(OpenStackSettings.ALL, settings("https://keystone.example.org:5000", more)));
    }

    static MachineOrder order(String token) {
        return order(token, BootContext.EMPTY);
    }

    static MachineOrder order(String token, BootContext context) {
        return new MachineOrder(
                new Token(token),
                "a machine",
                new RemoteId(IMAGE),
                new Size(1, 128, 1),
                Optional.of(new RemoteId("f1")),
                context,
                List.of(),
                List.of());
    }

    /** As Nova tells of a machine since 2.47. */
    static Map<String, Object> server(String id, String token, String status) {
        Map<String, Object> server = new HashMap<>();
        server.put("id", id);
        server.put("name", "machine " + id);
        server.put("status", status);
        server.put("created", "2026-01-02T03:04:05Z");
        server.put("metadata", token.isEmpty() ? Map.of() : Map.of("hansa-token", token));
        server.put("flavor", Map.of("vcpus", 2, "ram", 512, "disk", 10));
        server.put(
                "addresses",
                Map.of(
                        "lan",
                        List.of(Map.of(
                                "addr",
                                "10.0.0." + id.length(),
                                "OS-EXT-IPS-MAC:mac_addr",
                                "fa:16:3e:00:00:0" + id.length(),
                                "OS-EXT-IPS:type",
                                "fixed"))));
        return server;
    }
}
