package hansa.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Settings;
import hansa.drivers.libvirt.PoolSettings.HostSettings;
import hansa.drivers.libvirt.PoolSettings.Policy;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PoolSettingsTest {

    private static PoolSettings of(Map<String, String> configured) {
        Settings settings = Settings.of(new LibvirtDriver().settings(), configured);
        return PoolSettings.of(settings, LibvirtSettings.of(settings));
    }

    @Test
    void without_hosts_it_is_the_one_at_uri() {
        PoolSettings pool = of(Map.of("uri", "qemu:///session", "forward-address", "198.18.0.2"));
        assertThat(pool.pool()).isFalse();
        assertThat(pool.hosts())
                .containsExactly(new HostSettings(
                        "", "qemu:///session", "198.18.0.2", Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(pool.policy()).isEqualTo(Policy.SPREADING);
        assertThat(pool.coreOvercommit()).isEqualTo(4);
        assertThat(pool.memoryOvercommit()).isEqualTo(1);
    }

    @Test
    void hosts_keep_their_order_and_have_what_is_set_about_each() {
        PoolSettings pool = of(Map.of(
                "hosts",
                "b=qemu+unix:///system?socket=/run/b, a=qemu+ssh://a/system?no_verify=1",
                "host-capacity",
                "a=8/0/20",
                "host-forward-addresses",
                "b=10.0.0.2",
                "placement",
                "packing",
                "core-overcommit",
                "2.5",
                "memory-overcommit",
                "0.9"));
        assertThat(pool.pool()).isTrue();
        assertThat(pool.hosts())
                .containsExactly(
                        new HostSettings(
                                "b",
                                "qemu+unix:///system?socket=/run/b",
                                "10.0.0.2",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        new HostSettings(
                                "a",
                                "qemu+ssh://a/system?no_verify=1",
                                "127.0.0.1",
                                Optional.of(8L),
                                Optional.empty(),
                                Optional.of(20L)));
        assertThat(pool.policy()).isEqualTo(Policy.PACKING);
        assertThat(pool.coreOvercommit()).isEqualTo(2.5);
        assertThat(pool.memoryOvercommit()).isEqualTo(0.9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "hosts | qemu:///system | 'hosts' must be NAME=URI, separated by commas",
                "hosts | a= | 'hosts' must be NAME=URI, separated by commas",
                "hosts | A=x | 'hosts' must be names of a-z, 0-9 and -, at most 32 characters: NAME=URI, separated by commas",
                "hosts | a=x,a=y | 'hosts' must be each name once",
                "hosts | a=x,b=x | 'hosts' must be hosts with a URI of their own each",
                "host-capacity | c=1/2/3 | 'host-capacity' must be of hosts that 'hosts' names",
                "host-forward-addresses | c=1.2.3.4 | 'host-forward-addresses' must be of hosts that 'hosts' names",
                "placement | random | 'placement' must be spreading or packing",
                "core-overcommit | 0 | 'core-overcommit' must be a number from 0.1 to 64",
                "memory-overcommit | 65 | 'memory-overcommit' must be a number from 0.1 to 64",
                "memory-overcommit | -1 | 'memory-overcommit' must be a number from 0.1 to 64",
            })
    void what_is_impossible_is_refused_with_what_is_possible(String key, String value, String message) {
        assertThatThrownBy(() -> of(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void capacities_and_addresses_of_hosts_must_fit_their_form() {
        assertThatThrownBy(() -> of(Map.of("hosts", "a=x", "host-capacity", "a=1/2")))
                .hasMessage("'host-capacity' must be NAME=CORES/MEMORY_MIB/MACHINES, separated by commas");
        assertThatThrownBy(() -> of(Map.of("hosts", "a=x", "host-forward-addresses", "a=here")))
                .hasMessage("'host-forward-addresses' must be NAME=ADDRESS with IPv4 addresses");
    }

    @Test
    void every_setting_has_a_meaning_and_a_fallback() {
        assertThat(PoolSettings.ALL).hasSize(6).allSatisfy(setting -> {
            assertThat(setting.meaning()).endsWith(".");
            assertThat(setting.fallback()).isPresent();
        });
    }
}
