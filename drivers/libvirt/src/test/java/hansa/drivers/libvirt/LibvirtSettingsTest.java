package hansa.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.CloudDescription.Flavour;
import hansa.cloud.CloudDescription.Limits;
import hansa.cloud.RemoteId;
import hansa.cloud.Settings;
import hansa.cloud.Size;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LibvirtSettingsTest {

    private static LibvirtSettings of(Map<String, String> configured) {
        return LibvirtSettings.of(Settings.of(LibvirtSettings.ALL, configured));
    }

    @Test
    void nothing_has_to_be_set() {
        LibvirtSettings settings = of(Map.of());
        assertThat(settings.uri()).isEqualTo("qemu:///system");
        assertThat(settings.accelerator()).isEqualTo(LibvirtSettings.AcceleratorChoice.AUTO);
        assertThat(settings.contexts()).containsExactly(ContextIso.Kind.NOCLOUD);
        assertThat(settings.imageFolder()).isEmpty();
        assertThat(settings.networks()).containsExactly(new LibvirtSettings.User());
        assertThat(settings.forwardAddress()).isEqualTo("127.0.0.1");
        assertThat(settings.firstPort()).isEqualTo(20000);
        assertThat(settings.lastPort()).isEqualTo(29999);
        assertThat(settings.publishedPorts()).containsExactly(22, 80);
        assertThat(settings.flavours())
                .hasSize(4)
                .contains(new Flavour(new RemoteId("small"), "small", new Size(1, 1024, 10), Optional.empty()));
        assertThat(settings.limits()).isEqualTo(Limits.NONE);
        assertThat(settings.gracePeriod()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.timeLimit()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.copyLimit()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void everything_can_be_set() {
        LibvirtSettings settings = of(Map.ofEntries(
                Map.entry("uri", "qemu:///session"),
                Map.entry("accelerator", "kvm"),
                Map.entry("probe-kernel", "/boot/vmlinuz"),
                Map.entry("context", "both"),
                Map.entry("image-folder", "/images"),
                Map.entry("networks", "lan, bridge:br0, user"),
                Map.entry("forward-address", "198.18.0.2"),
                Map.entry("forward-ports", "3000-3001"),
                Map.entry("published-ports", ""),
                Map.entry("flavours", "one=1/64/0"),
                Map.entry("max-machines", "3"),
                Map.entry("max-cores", "4"),
                Map.entry("max-memory-mib", "5000"),
                Map.entry("grace-period", "2m"),
                Map.entry("time-limit", "5s"),
                Map.entry("copy-limit", "1d")));
        assertThat(settings.contexts()).containsExactly(ContextIso.Kind.NOCLOUD, ContextIso.Kind.OPENNEBULA);
        assertThat(settings.networks())
                .containsExactly(
                        new LibvirtSettings.Named("lan"),
                        new LibvirtSettings.Bridge("br0"),
                        new LibvirtSettings.User());
        assertThat(settings.publishedPorts()).isEmpty();
        assertThat(settings.flavours()).extracting(Flavour::size).containsExactly(new Size(1, 64, 0));
        assertThat(settings.limits()).isEqualTo(new Limits(Optional.of(3L), Optional.of(4L), Optional.of(5000L)));
        assertThat(settings.timeLimit()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "accelerator | turbo | 'accelerator' must be auto, kvm or tcg",
                "context | floppy | 'context' must be nocloud, opennebula or both",
                "networks | , | 'networks' must be one network at least, for example user",
                "networks | a b | 'networks' must be user, names of libvirt networks, or bridge:NAME",
                "networks | bridge:../x | 'networks' must be user, names of libvirt networks, or bridge:NAME",
                "forward-address | localhost | 'forward-address' must be an IPv4 address",
                "forward-address | 1.2.3.4,id=x | 'forward-address' must be an IPv4 address",
                "forward-ports | 80-90 | 'forward-ports' must be two ports, FIRST-LAST, 1024 to 65535",
                "forward-ports | 3000-2000 | 'forward-ports' must be FIRST-LAST with FIRST not above LAST",
                "published-ports | 0 | 'published-ports' must be ports from 1 to 65535, separated by commas",
                "flavours | big=1/2 | 'flavours' must be NAME=CORES/MEMORY_MIB/DISK_GIB, separated by commas",
                "time-limit | 0s | 'time-limit' must be 1s to 10m",
            })
    void what_is_impossible_is_refused_with_what_is_possible(String key, String value, String message) {
        assertThatThrownBy(() -> of(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void every_setting_has_a_meaning_and_a_fallback_that_fits() {
        assertThat(LibvirtSettings.ALL).allSatisfy(setting -> {
            assertThat(setting.meaning()).endsWith(".");
            assertThat(setting.fallback()).isPresent();
        });
        assertThat(List.copyOf(LibvirtSettings.ALL)).hasSize(16);
    }
}
