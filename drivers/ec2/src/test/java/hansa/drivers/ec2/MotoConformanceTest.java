package hansa.drivers.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver;
import hansa.cloud.CloudDriver.Surroundings;
import hansa.cloud.CloudName;
import hansa.cloud.Facet;
import hansa.cloud.HostAffinity;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolumeCopy.Kind;
import hansa.cloud.Setting;
import hansa.cloud.Settings;
import hansa.cloud.Size;
import hansa.cloud.VolumeCopies;
import hansa.cloud.Volumes;
import hansa.cloud.kit.AccountsConformance;
import hansa.cloud.kit.AdoptionConformance;
import hansa.cloud.kit.Behaviour;
import hansa.cloud.kit.CloudConformance;
import hansa.cloud.kit.CloudUnderTest;
import hansa.cloud.kit.ConsoleConformance;
import hansa.cloud.kit.HostAffinityConformance;
import hansa.cloud.kit.ImageStoreConformance;
import hansa.cloud.kit.NetworksConformance;
import hansa.cloud.kit.ResizingConformance;
import hansa.cloud.kit.SnapshotsConformance;
import hansa.cloud.kit.UsageConformance;
import hansa.cloud.kit.VolumeCopiesConformance;
import hansa.cloud.kit.VolumesConformance;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The whole kit on the moto server that peers/ec2 started: somebody else's idea of what EC2 answers. */
@Tag("moto")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MotoConformanceTest
        implements CloudConformance,
                VolumesConformance,
                VolumeCopiesConformance,
                NetworksConformance,
                SnapshotsConformance,
                ImageStoreConformance,
                ConsoleConformance,
                ResizingConformance,
                AccountsConformance,
                HostAffinityConformance,
                AdoptionConformance,
                UsageConformance {

    private static final String RANGE = "10.213.0.0/16";

    private final CloudUnderTest subject = underTest();

    private static CloudUnderTest underTest() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "endpoint", required("HANSA_EC2_URL"),
                "region", "eu-central-1",
                "access-key", required("HANSA_EC2_ACCESS_KEY"),
                "secret-key", required("HANSA_EC2_SECRET_KEY"),
                "images", required("HANSA_EC2_IMAGE"),
                "instance-types", "t3.micro,t3.small",
                "client-token-filter", "false",
                "ebs-endpoint", required("HANSA_EC2_URL"),
                "placement-groups", "false"));
        // Moto reads all that it knows of images at its first call.
        settings.put("time-limit", "2m");
        Ec2Driver driver = new Ec2Driver();
        Ec2Settings first = Ec2Settings.of(Settings.of(driver.settings(), settings));
        try (Query query = new Query(Wire.ec2(first, InstantSource.system()), first)) {
            String vpc = query.call(Form.of("CreateVpc").with("CidrBlock", RANGE))
                    .child("vpc")
                    .text("vpcId");
            String zone = query.some(Form.of("DescribeAvailabilityZones"), "availabilityZoneInfo")
                    .getFirst()
                    .text("zoneName");
            query.call(Form.of("CreateSubnet")
                    .with("VpcId", vpc)
                    .with("CidrBlock", "10.213.0.0/24")
                    .with("AvailabilityZone", zone));
            settings.put("vpc", vpc);
            settings.put("zone", zone);
        }
        Cloud cloud = driver.open(
                new CloudName("moto"),
                Settings.of(driver.settings(), settings),
                new Surroundings(Path.of("unused"), InstantSource.system()));
        return new CloudUnderTest(
                new WithoutPlacementGroups(driver),
                cloud,
                new RemoteId(required("HANSA_EC2_IMAGE")),
                new Size(2, 1024, 0),
                Optional.of(new RemoteId("t3.micro")),
                Duration.ofSeconds(30),
                EnumSet.copyOf(List.of(
                        Behaviour.PLUGS_NICS,
                        Behaviour.GRANTS_ADDRESSES,
                        Behaviour.TELLS_ADDRESSES,
                        Behaviour.UNPLUGS_VOLUMES,
                        Behaviour.COPIES_HELD_VOLUMES,
                        Behaviour.RESTORES_LARGER)));
    }

    /** As the driver says of an endpoint that has none. */
    private record WithoutPlacementGroups(CloudDriver driver) implements CloudDriver {

        @Override
        public String name() {
            return driver.name();
        }

        @Override
        public List<Setting> settings() {
            return driver.settings();
        }

        @Override
        public Set<Class<? extends Facet>> facets() {
            return driver.facets().stream()
                    .filter(facet -> !facet.equals(HostAffinity.class))
                    .collect(Collectors.toSet());
        }

        @Override
        public Cloud open(CloudName name, Settings settings, Surroundings surroundings) {
            return driver.open(name, settings, surroundings);
        }
    }

    private static String required(String variable) {
        String value = System.getenv(variable);
        if (value == null || value.isBlank()) {
            throw new AssertionError(variable + " is not set; these tests are run by peers/verify");
        }
        return value;
    }

    @Override
    public CloudUnderTest subject() {
        return subject;
    }

    /** Moto tells of a copy the size that its volume has now; the rest of it holds. */
    @Test
    @Override
    public void a_copy_keeps_the_size_that_its_volume_had() {
        subject.with(VolumeCopies.class, copies -> {
            Volumes volumes = subject.cloud().facet(Volumes.class).orElseThrow();
            RemoteId volume =
                    volumes.create(subject.newToken(), "kit source", 1024).id();
            subject.undoLater(() -> volumes.delete(volume));
            RemoteId copy = copies.take(volume, subject.newToken(), "kit copy", Kind.BACKUP)
                    .id();
            subject.undoLater(() -> copies.delete(copy));
            assertThat(volumes.resize(volume, 2048).sizeMib()).isEqualTo(2048);
            assertThat(copies.read(copy).sizeMib()).isEqualTo(2048);
        });
    }

    @AfterAll
    void cleanUp() {
        subject.close();
    }
}
