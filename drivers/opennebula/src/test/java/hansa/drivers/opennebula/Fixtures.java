package hansa.drivers.opennebula;

import hansa.cloud.BootContext;
import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver.Surroundings;
import hansa.cloud.CloudName;
import hansa.cloud.MachineOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.Settings;
import hansa.cloud.Size;
import hansa.cloud.Token;
import hansa.cloud.kit.Behaviour;
import hansa.cloud.kit.CloudUnderTest;
import hansa.cloud.kit.Hosts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What many tests of the driver begin with. */
final class Fixtures {

    static final RemoteId DEBIAN = new RemoteId("0");
    static final Duration STEP = Duration.ofMillis(20);

    private Fixtures() {}

    static OnedServer serve() {
        return new OnedServer(new Oned(STEP, "7.4.0"));
    }

    /** Opened as the plain user Ada, unless the settings say something else. */
    static Cloud open(String url, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("url", url, "user", "ada", "password", "pass:word"));
        settings.putAll(more);
        OpenNebulaDriver driver = new OpenNebulaDriver();
        return driver.open(
                new CloudName("one"),
                Settings.of(driver.settings(), settings),
                new Surroundings(Path.of("unused"), InstantSource.system()));
    }

    /** With all that brings images to it, fetches them and keeps snapshots. */
    static Map<String, String> whole(OnedServer server) {
        return Map.of(
                "image-server",
                "http://127.0.0.1:0",
                "datastores",
                server.store().folder().toString(),
                "keep-snapshots",
                "true");
    }

    static Map<String, String> asAdministrator() {
        return Map.of("user", "oneadmin", "password", "secret");
    }

    static CloudUnderTest underTest(Cloud cloud, OnedServer server) {
        return new CloudUnderTest(
                new OpenNebulaDriver(),
                cloud,
                DEBIAN,
                new Size(1, 512, 0),
                Optional.empty(),
                Duration.ofSeconds(20),
                EnumSet.of(
                        Behaviour.SAVES,
                        Behaviour.PLUGS_NICS,
                        Behaviour.GRANTS_ADDRESSES,
                        Behaviour.TELLS_ADDRESSES,
                        Behaviour.UNPLUGS_VOLUMES,
                        Behaviour.SELLS_MEBIBYTES,
                        Behaviour.RESTORES_LARGER,
                        Behaviour.MACHINES_NEED_IMAGES,
                        Behaviour.KEEPS_TOGETHER,
                        Behaviour.KEEPS_APART),
                new Hosts(
                        OnedGroups.HOSTS,
                        machine -> Optional.of(Integer.toString(server.hostOf(Integer.parseInt(machine.value()))))));
    }

    static MachineOrder order(String token) {
        return order(token, BootContext.EMPTY);
    }

    static MachineOrder order(String token, BootContext context) {
        return new MachineOrder(
                new Token(token),
                "machine " + token,
                DEBIAN,
                new Size(2, 1024, 0),
                Optional.empty(),
                context,
                List.of(),
                List.of());
    }
}
