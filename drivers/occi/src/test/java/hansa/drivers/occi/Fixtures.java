package hansa.drivers.occi;

import hansa.cloud.BootContext;
import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver.Surroundings;
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

/** What many tests of the driver begin with. */
final class Fixtures {

    private Fixtures() {}

    static Cloud open(String url, Map<String, String> settings) {
        OcciDriver driver = new OcciDriver();
        Map<String, String> all = new HashMap<>(settings);
        all.put("url", url);
        return driver.open(
                new CloudName("b"),
                Settings.of(driver.settings(), all),
                new Surroundings(Path.of("."), InstantSource.system(), Optional.of(new Anybody())));
    }

    static MachineOrder order(Cloud cloud, String token, BootContext context) {
        RemoteId image = cloud.describe().images().getFirst().id();
        return order(token, image, context);
    }

    static MachineOrder order(String token, RemoteId image, BootContext context) {
        return new MachineOrder(
                new Token(token),
                "machine " + token,
                image,
                new Size(1, 2048, 0),
                Optional.empty(),
                context,
                List.of(),
                List.of());
    }
}
