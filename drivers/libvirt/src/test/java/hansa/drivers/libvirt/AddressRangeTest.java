package hansa.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.CloudException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressRangeTest {

    @Test
    void a_range_knows_its_hosts() {
        AddressRange range = AddressRange.of("10.1.2.77/26");
        assertThat(range.cidr()).isEqualTo("10.1.2.64/26");
        assertThat(range.first()).isEqualTo("10.1.2.65");
        assertThat(range.last()).isEqualTo("10.1.2.126");
        assertThat(range.firstAfter("10.1.2.65")).isEqualTo("10.1.2.66");
        assertThat(range.firstAfter("10.1.2.126")).isEqualTo("10.1.2.65");
        assertThat(range.contains("10.1.2.65")).isTrue();
        assertThat(range.contains("10.1.2.64")).isFalse();
        assertThat(range.contains("10.1.2.127")).isFalse();
        assertThat(range.contains("10.1.3.65")).isFalse();
        assertThat(range.contains("10.1.2.065x")).isFalse();
    }

    @Test
    void a_netmask_is_a_number_of_bits() {
        assertThat(AddressRange.ofMask("192.168.122.1", "255.255.255.0").cidr()).isEqualTo("192.168.122.0/24");
        assertThat(AddressRange.ofMask("200.0.0.1", "255.0.0.0").cidr()).isEqualTo("200.0.0.0/8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.0.0", "10.0.0.0/99", "10.0.0.0/30", "10.0.0.0/7", "256.0.0.0/24", "10.0.0/24", "a/b"})
    void what_is_no_range_is_refused(String text) {
        assertThatThrownBy(() -> AddressRange.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is no IPv4 range like 10.1.2.0/24, with 8 to 29 bits");
    }

    @Test
    void an_address_outside_is_refused() {
        assertThatThrownBy(() -> AddressRange.of("10.0.0.0/24").requireInside("10.0.1.1"))
                .isInstanceOf(CloudException.InvalidRequest.class)
                .hasMessage("no host in 10.0.0.0/24 can have the address 10.0.1.1");
    }
}
