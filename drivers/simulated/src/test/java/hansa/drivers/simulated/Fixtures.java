package hansa.drivers.simulated;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What many tests of the simulated cloud begin with. */
final class Fixtures {

    private Fixtures() {}

    static Cloud open(Path folder, Map<String, String> settings) {
        return open(folder, settings, InstantSource.system());
    }

    static Cloud open(Path folder, Map<String, String> settings, InstantSource clock) {
        SimulatedDriver driver = new SimulatedDriver();
        Cloud cloud = driver.open(
                new CloudName("sim"), Settings.of(driver.settings(), settings), new Surroundings(folder, clock));
        cloud.recover(Set.of());
        return cloud;
    }

    /** Does not ask it anything, since it may be down. */
    static Cloud connect(SimulatedDriver driver, Path folder, String url) {
        return connect(driver, folder, url, Duration.ofSeconds(2));
    }

    static Cloud connect(SimulatedDriver driver, Path folder, String url, Duration limit) {
        return driver.open(
                new CloudName("sim"),
                Settings.of(driver.settings(), Map.of("url", url, "call-limit", limit.toString())),
                new Surroundings(folder, InstantSource.system()));
    }

    /** @param behind where the machines really are, also when {@code cloud} only leads there */
    static CloudUnderTest underTest(Cloud cloud, SimulatedCloud behind) {
        return new CloudUnderTest(
                new SimulatedDriver(),
                cloud,
                new RemoteId("tiny"),
                new Size(1, 1024, 10),
                Optional.empty(),
                Duration.ofSeconds(10),
                EnumSet.allOf(Behaviour.class),
                new Hosts(4, machine -> behind.hostOf(machine).map(String::valueOf)));
    }

    static MachineOrder order(String token) {
        return order(token, BootContext.EMPTY);
    }

    static MachineOrder order(String token, BootContext context) {
        return new MachineOrder(
                new Token(token),
                "machine " + token,
                new RemoteId("tiny"),
                new Size(1, 1024, 10),
                Optional.of(new RemoteId("small")),
                context,
                List.of(),
                List.of());
    }
}
