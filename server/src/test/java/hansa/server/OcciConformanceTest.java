package hansa.server;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription.Flavour;
import hansa.cloud.CloudDriver.Surroundings;
import hansa.cloud.CloudName;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.Settings;
import hansa.cloud.kit.AccountsConformance;
import hansa.cloud.kit.Behaviour;
import hansa.cloud.kit.CloudConformance;
import hansa.cloud.kit.CloudUnderTest;
import hansa.cloud.kit.ConsoleConformance;
import hansa.cloud.kit.ImageStoreConformance;
import hansa.cloud.kit.NetworksConformance;
import hansa.cloud.kit.ResizingConformance;
import hansa.cloud.kit.SnapshotsConformance;
import hansa.cloud.kit.VolumeCopiesConformance;
import hansa.cloud.kit.VolumesConformance;
import hansa.drivers.occi.OcciDriver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole kit on another Hansa, with a simulated cloud behind it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OcciConformanceTest
        implements CloudConformance,
                VolumesConformance,
                VolumeCopiesConformance,
                NetworksConformance,
                SnapshotsConformance,
                ImageStoreConformance,
                ConsoleConformance,
                ResizingConformance,
                AccountsConformance {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String SITE = "https://us.example.org";
    private static final String OTHER = "https://other.example.org";

    private RunningNode other;
    private CloudUnderTest subject;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Path keys = folder.resolve("keys.json");
        AssertingSite site = new AssertingSite(SITE, OTHER, Files.createDirectories(folder.resolve("keys")));
        Files.writeString(keys, site.publicKeys());
        other = RunningNode.start(
                folder.resolve("other"),
                "clouds.sim.driver=simulated",
                "site.url=" + OTHER,
                "identity.federation.us.url=" + SITE,
                "identity.federation.us.keys=" + keys,
                "identity.federation.us.vos=kit");
        OcciDriver driver = new OcciDriver();
        Settings settings = Settings.of(
                driver.settings(),
                Map.of(
                        "url",
                        other.endpoint("occi").toString(),
                        "token",
                        other.token(),
                        "time-limit",
                        "30s",
                        "partner",
                        OTHER));
        Cloud cloud = driver.open(
                new CloudName("b"),
                settings,
                new Surroundings(folder, Clock.systemUTC(), Optional.of(site.vouchingAt(other))));
        cloud.recover(Set.of());
        RemoteId image = cloud.describe().images().stream()
                .filter(one -> one.name().equals("tiny"))
                .map(RemoteImage::id)
                .findFirst()
                .orElseThrow();
        Flavour small = cloud.describe().flavours().stream()
                .filter(one -> one.name().equals("small"))
                .findFirst()
                .orElseThrow();
        subject = new CloudUnderTest(
                driver,
                cloud,
                image,
                small.size(),
                Optional.of(small.id()),
                PATIENCE,
                Set.of(
                        Behaviour.PAUSES,
                        Behaviour.GRANTS_ADDRESSES,
                        Behaviour.GRANTS_MACS,
                        Behaviour.TELLS_ADDRESSES,
                        Behaviour.PLUGS_NICS,
                        Behaviour.UNPLUGS_VOLUMES,
                        Behaviour.COPIES_HELD_VOLUMES,
                        Behaviour.RESTORES_LARGER,
                        Behaviour.SELLS_MEBIBYTES));
    }

    @Override
    public CloudUnderTest subject() {
        return subject;
    }

    @AfterAll
    void cleanUp() {
        try (RunningNode node = other) {
            subject.close();
            org.assertj.core.api.Assertions.assertThat(node.token()).isNotBlank();
        }
    }
}
