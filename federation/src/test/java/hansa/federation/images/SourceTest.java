package hansa.federation.images;

import static hansa.federation.Installation.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import hansa.kernel.base.Failure;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "192.168.1.1",
                "169.254.169.254",
                "0.0.0.0",
                "100.64.0.1",
                "::1",
                "fe80::1",
                "fd00::1",
                "::ffff:127.0.0.1",
                "224.0.0.1"
            })
    void knowsAddressesInside(String address) throws Exception {
        assertThat(Addresses.isInside(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "8.8.8.8", "2001:db8::1"})
    void knowsAddressesOutside(String address) throws Exception {
        assertThat(Addresses.isInside(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://example.org/x", "http:///x", "http://u:p@example.org/x", "x"})
    void refusesSourcesThatAUserMayNotName(String source) {
        NewImage wanted =
                new NewImage(Optional.empty(), "mine", "raw", URI.create(source), Optional.empty(), Optional.empty());
        assertThat(catchThrowable(() -> NewImageCheck.check(ALICE, wanted))).isInstanceOf(Failure.class);
    }
}
