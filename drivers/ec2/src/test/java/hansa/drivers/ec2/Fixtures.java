package hansa.drivers.ec2;

import hansa.cloud.BootContext;
import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver.Surroundings;
import hansa.cloud.CloudName;
import hansa.cloud.MachineOrder;
import hansa.cloud.NicOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
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
import org.awaitility.Awaitility;

/** What many tests of the driver begin with. */
final class Fixtures {

    static final RemoteId DEBIAN = new RemoteId(Stub.IMAGE);
    static final RemoteId MICRO = new RemoteId("t3.micro");
    static final Size MICRO_SIZE = new Size(2, 1024, 0);
    static final Duration STEP = Duration.ofMillis(20);

    private Fixtures() {}

    static StubEndpoint serve() {
        return new StubEndpoint(new Stub(STEP, 2));
    }

    static Cloud open(String url, Map<String, String> more) {
        return open(url, more, InstantSource.system());
    }

    static Cloud open(String url, Map<String, String> more, InstantSource clock) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "endpoint",
                url,
                "region",
                "test-1",
                "access-key",
                StubEndpoint.ACCESS_KEY,
                "secret-key",
                StubEndpoint.SECRET_KEY,
                "time-limit",
                "10s",
                "ebs-endpoint",
                StubEndpoint.ebs(url)));
        settings.putAll(more);
        Ec2Driver driver = new Ec2Driver();
        return driver.open(
                new CloudName("ec2"),
                Settings.of(driver.settings(), settings),
                new Surroundings(Path.of("unused"), clock));
    }

    static CloudUnderTest underTest(Cloud cloud) {
        return new CloudUnderTest(
                new Ec2Driver(),
                cloud,
                DEBIAN,
                MICRO_SIZE,
                Optional.of(MICRO),
                Duration.ofSeconds(20),
                EnumSet.of(
                        Behaviour.PRINTS_USER_DATA,
                        Behaviour.PLUGS_NICS,
                        Behaviour.GRANTS_ADDRESSES,
                        Behaviour.TELLS_ADDRESSES,
                        Behaviour.UNPLUGS_VOLUMES,
                        Behaviour.COPIES_HELD_VOLUMES,
                        Behaviour.RESTORES_LARGER,
                        Behaviour.KEEPS_APART),
                Hosts.untold(7));
    }

    static MachineOrder order(String token) {
        return order(token, BootContext.EMPTY);
    }

    static MachineOrder order(String token, BootContext context) {
        return new MachineOrder(
                new Token(token),
                "machine " + token,
                DEBIAN,
                MICRO_SIZE,
                Optional.of(MICRO),
                context,
                List.of(),
                List.of());
    }

    static MachineOrder order(String token, List<NicOrder> nics, List<RemoteId> volumes) {
        return new MachineOrder(
                new Token(token),
                "machine " + token,
                DEBIAN,
                MICRO_SIZE,
                Optional.of(MICRO),
                BootContext.EMPTY,
                nics,
                volumes);
    }

    static MachineOrder orderOf(String token, String flavour, Size size) {
        return new MachineOrder(
                new Token(token),
                "machine " + token,
                DEBIAN,
                size,
                Optional.of(new RemoteId(flavour)),
                BootContext.EMPTY,
                List.of(),
                List.of());
    }

    static RemoteMachine waitFor(Cloud cloud, RemoteId machine, RemoteState state) {
        return Awaitility.await("the machine to be " + state)
                .atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> cloud.read(machine), now -> now.state() == state);
    }
}
