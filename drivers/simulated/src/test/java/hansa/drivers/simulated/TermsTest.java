package hansa.drivers.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.BootContext;
import hansa.cloud.Bytes;
import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription;
import hansa.cloud.CloudException;
import hansa.cloud.Console;
import hansa.cloud.MachineOrder;
import hansa.cloud.Networks;
import hansa.cloud.NicOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.RemoteState;
import hansa.cloud.Size;
import hansa.cloud.Token;
import hansa.cloud.Volumes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TermsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Hand clock = new Hand();

    @Test
    void a_cloud_offers_two_images_six_flavours_and_two_networks() {
        try (Cloud cloud = Fixtures.open(folder, Map.of())) {
            CloudDescription offer = cloud.describe();
            assertThat(offer.images()).extracting(RemoteImage::name).containsExactly("debian12", "tiny");
            assertThat(offer.networks()).extracting(RemoteNetwork::name).containsExactly("private", "public");
            assertThat(offer.flavours())
                    .extracting(CloudDescription.Flavour::name, CloudDescription.Flavour::size)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("small", new Size(1, 1024, 10)),
                            org.assertj.core.groups.Tuple.tuple("medium", new Size(2, 2048, 20)),
                            org.assertj.core.groups.Tuple.tuple("large", new Size(4, 4096, 40)),
                            org.assertj.core.groups.Tuple.tuple("mem_small", new Size(1, 4096, 10)),
                            org.assertj.core.groups.Tuple.tuple("mem_medium", new Size(2, 8192, 20)),
                            org.assertj.core.groups.Tuple.tuple("mem_large", new Size(4, 16384, 40)));
            assertThat(offer.limits()).isEqualTo(CloudDescription.Limits.NONE);
            assertThat(offer.freeForm()).isTrue();
        }
    }

    @Test
    void more_flavours_and_images_can_be_offered() {
        Map<String, String> settings = Map.of("flavours", "huge=16/64/200", "images", "centos:qcow2:800, plain");
        try (Cloud cloud = Fixtures.open(folder, settings)) {
            assertThat(cloud.describe().flavours())
                    .contains(new CloudDescription.Flavour(
                            new RemoteId("huge"), "huge", new Size(16, 65536, 200), Optional.empty()));
            assertThat(cloud.describe().images())
                    .extracting(RemoteImage::name, RemoteImage::format, RemoteImage::sizeBytes)
                    .contains(
                            org.assertj.core.groups.Tuple.tuple("centos", "qcow2", 800L * 1024 * 1024),
                            org.assertj.core.groups.Tuple.tuple("plain", "raw", 1024L * 1024));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            flavours       | huge                   | 'huge' is not name=cores/GiB/GiB
            flavours       | Huge=1/2/3             | 'Huge=1/2/3' is not name=cores/GiB/GiB
            images         | a:iso                  | 'a:iso' is not a name
            latencies      | make=5ms               | 'make' is no operation
            latencies      | create=fast            | 'fast' is not a duration
            latencies      | create=2s..1s          | '2s..1s' is not a duration such as 20ms or a span
            quota-machines | -1                     | 'quota-machines' is 0 (not limited) or more, not -1
            faults         | on create: error       | fault script, line 1:
            call-limit     | 0s                     | 'call-limit' is more than 0
            url            | http://192.0.2.1:8091  | on the loopback only
            url            | https://127.0.0.1:8091 | on the loopback only
            url            | not a url              | 'url' is not a URL
            """)
    void impossible_settings_are_refused(String key, String value, String reason) {
        assertThatThrownBy(() -> Fixtures.open(folder, Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void terms_belong_to_the_process_that_has_the_cloud() {
        assertThatThrownBy(() -> Fixtures.open(folder, Map.of("url", "http://127.0.0.1:1", "quota-cores", "5")))
                .hasMessageStartingWith("'quota-cores' cannot be set beside 'url'");
    }

    @Test
    void quotas_refuse_what_goes_beyond_and_are_free_again_after_a_delete() {
        Map<String, String> settings =
                Map.of("quota-machines", "3", "quota-cores", "4", "quota-memory-mib", "5120", "quota-volumes", "1");
        try (Cloud cloud = Fixtures.open(folder, settings)) {
            RemoteId first = cloud.create(order("a", 2, 1024)).id();
            cloud.create(order("b", 1, 2048));
            assertQuota(cloud, order("c", 2, 16), "the quota is 4 cores, 3 are used, and 2 more were asked for");
            assertQuota(cloud, order("c", 1, 4096), "the quota is 5120 MiB of memory, 3072 are used");
            cloud.create(order("c", 1, 16));
            assertQuota(cloud, order("d", 1, 16), "the quota is 3 machines, 3 are used");
            assertThat(cloud.list()).hasSize(3);
            cloud.delete(first);
            cloud.create(order("d", 1, 16));

            Volumes volumes = cloud.facet(Volumes.class).orElseThrow();
            volumes.create(new Token("v"), "v", 1);
            assertThat(volumes.create(new Token("v"), "v", 1).sizeMib()).isEqualTo(1);
            assertThatThrownBy(() -> volumes.create(new Token("w"), "w", 1))
                    .isInstanceOf(CloudException.QuotaExceeded.class);
        }
    }

    private static void assertQuota(Cloud cloud, MachineOrder order, String text) {
        assertThatThrownBy(() -> cloud.create(order))
                .isInstanceOf(CloudException.QuotaExceeded.class)
                .hasMessageContaining(text);
        assertThat(cloud.findByToken(order.token())).isEmpty();
    }

    private static MachineOrder order(String token, int cores, long memoryMib) {
        MachineOrder order = Fixtures.order(token);
        return new MachineOrder(
                order.token(),
                order.name(),
                order.image(),
                new Size(cores, memoryMib, 10),
                Optional.empty(),
                order.context(),
                order.nics(),
                order.volumes());
    }

    @Test
    void states_take_their_time_on_the_clock_that_the_cloud_was_given() {
        try (Cloud cloud = Fixtures.open(folder, Map.of("latency", "30s"), clock)) {
            RemoteMachine machine = cloud.create(Fixtures.order("a"));
            assertThat(machine.state()).isEqualTo(RemoteState.BUILDING);
            assertThatThrownBy(() -> cloud.power(machine.id(), PowerAction.SHUTDOWN))
                    .isInstanceOf(CloudException.Conflict.class);
            clock.pass(Duration.ofSeconds(30));
            assertThat(cloud.read(machine.id()).state()).isEqualTo(RemoteState.RUNNING);
            cloud.power(machine.id(), PowerAction.SHUTDOWN);
            assertThat(cloud.read(machine.id()).state()).isEqualTo(RemoteState.BUSY);
            cloud.power(machine.id(), PowerAction.SHUTDOWN);
            clock.pass(Duration.ofSeconds(30));
            assertThat(cloud.list()).extracting(RemoteMachine::state).containsExactly(RemoteState.STOPPED);
        }
    }

    @Test
    void a_guest_prints_its_address_and_what_the_echo_lines_of_its_user_data_say_at_every_boot() {
        Bytes script = Bytes.utf8("""
                #!/bin/sh
                echo plain words
                echo "double  quoted" > /dev/console
                  echo 'single; quoted'
                echo $(not simple)
                rm -rf /
                """);
        BootContext context = new BootContext(Optional.of("my-host"), Optional.of(script), List.of());
        try (Cloud cloud = Fixtures.open(folder, Map.of(), clock)) {
            RemoteMachine machine = cloud.create(Fixtures.order("a", context));
            Console console = cloud.facet(Console.class).orElseThrow();
            Console.Output first = console.read(machine.id(), 0, 65536);
            assertThat(first.content().asUtf8()).isEqualTo("""
                    [    0.000000] Simulated machine, started 2030-01-01T00:00:00Z
                    [    0.100000] Mounted root file system
                    eth0: 10.64.0.2
                    plain words
                    double  quoted
                    single; quoted

                    my-host login:\s
                    """);
            for (int i = 0; i < 100; i++) {
                cloud.power(machine.id(), PowerAction.RESET);
            }
            Console.Output last = console.read(machine.id(), 0, 1024 * 1024);
            assertThat(last.next()).isEqualTo(101L * first.content().size());
            assertThat(last.content().size()).isEqualTo(32 * first.content().size());
            assertThat(console.read(machine.id(), last.next(), 10).content().size())
                    .isZero();
        }
    }

    @Test
    void addresses_are_unique_until_the_range_is_used_up_and_given_out_again_after_a_delete() {
        try (Cloud cloud = Fixtures.open(folder, Map.of())) {
            RemoteId network = cloud.facet(Networks.class)
                    .orElseThrow()
                    .create(new Token("n"), "n", Optional.of("10.9.9.0/29"), Optional.empty(), true, Optional.empty())
                    .id();
            List<RemoteMachine> machines = java.util.stream.IntStream.range(0, 5)
                    .mapToObj(i -> cloud.create(on(network, "m" + i)))
                    .toList();
            assertThat(machines)
                    .flatExtracting(machine -> machine.nics().getFirst().addresses())
                    .containsExactly("10.9.9.2", "10.9.9.3", "10.9.9.4", "10.9.9.5", "10.9.9.6");
            assertThatThrownBy(() -> cloud.create(on(network, "m5"))).isInstanceOf(CloudException.NoCapacity.class);
            cloud.delete(machines.get(2).id());
            assertThat(cloud.create(on(network, "m5")).nics().getFirst().addresses())
                    .containsExactly("10.9.9.4");
        }
    }

    private static MachineOrder on(RemoteId network, String token) {
        MachineOrder order = Fixtures.order(token);
        return new MachineOrder(
                order.token(),
                order.name(),
                order.image(),
                order.size(),
                order.flavour(),
                order.context(),
                List.of(new NicOrder(new Token(token + "-nic"), network, Optional.empty(), Optional.empty())),
                List.of());
    }
}
