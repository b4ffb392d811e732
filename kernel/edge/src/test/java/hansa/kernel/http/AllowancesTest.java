package hansa.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.kernel.base.AddressBlock;
import hansa.kernel.http.Allowances.Share;
import hansa.kernel.http.Allowances.TooFast;
import hansa.kernel.http.Allowances.TooMany;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class AllowancesTest {

    private static final long START = 1_000_000_000_000L;

    private final Allowances<String> allowances = new Allowances<>(new Allowance(10, 3), 64);

    private boolean takes(String client, long now) {
        if (allowances.take(client, now) instanceof Share share) {
            share.leave();
            return true;
        }
        return false;
    }

    @Test
    void givesTwoSecondsAtOnceAndThenTheRate() {
        for (int i = 0; i < 20; i++) {
            assertThat(takes("a", START)).as("request " + i).isTrue();
        }
        assertThat(allowances.take("a", START)).isEqualTo(new TooFast(TimeUnit.MILLISECONDS.toNanos(100)));
        assertThat(takes("a", START + TimeUnit.MILLISECONDS.toNanos(100))).isTrue();
        assertThat(takes("a", START + TimeUnit.MILLISECONDS.toNanos(100))).isFalse();
        assertThat(takes("b", START)).isTrue();
    }

    @Test
    void savesNoMoreThanTwoSeconds() {
        assertThat(takes("a", START)).isTrue();
        long later = START + TimeUnit.HOURS.toNanos(1);
        int taken = 0;
        while (takes("a", later)) {
            taken++;
        }
        assertThat(taken).isEqualTo(20);
    }

    @Test
    void countsWhatIsInWork() {
        Share first = (Share) allowances.take("a", START);
        allowances.take("a", START);
        allowances.take("a", START);
        assertThat(allowances.take("a", START)).isEqualTo(new TooMany());
        first.leave();
        assertThat(allowances.take("a", START)).isInstanceOf(Share.class);
    }

    @Test
    void forgetsWhoAskedLeastRecentlyInsteadOfGrowing() {
        Allowances<Integer> small = new Allowances<>(new Allowance(1, 1), 16);
        for (int i = 0; i < 100_000; i++) {
            assertThat(small.take(i, START)).isInstanceOf(Share.class);
        }
        assertThat(small.take(99_999, START)).isEqualTo(new TooMany());
        assertThat(small.take(0, START)).isInstanceOf(Share.class);
    }

    @Test
    void takesANetworkOfIpv6ForOneClientAndAnAddressOfIpv4() {
        assertThat(block("2001:db8:1:2::1")).isEqualTo(block("2001:db8:1:2:ffff::9"));
        assertThat(block("2001:db8:1:2::1")).isNotEqualTo(block("2001:db8:1:3::1"));
        assertThat(block("192.0.2.1")).isNotEqualTo(block("192.0.2.2"));
        assertThat(block("192.0.2.200")).isEqualTo(block("::ffff:192.0.2.200"));
    }

    private static AddressBlock block(String address) {
        return AddressBlock.of(InetAddress.ofLiteral(address));
    }

    @Test
    void knowsWhichAddressesAreInASet() {
        AddressSet set = AddressSet.of(List.of("10.0.0.0/8", "192.0.2.128/25", "2001:db8::/32", "198.51.100.7"));
        assertThat(List.of("10.255.0.1", "192.0.2.129", "2001:db8:ff::1", "198.51.100.7"))
                .allMatch(text -> set.contains(InetAddress.ofLiteral(text)));
        assertThat(List.of("11.0.0.1", "192.0.2.127", "2001:db9::1", "198.51.100.8"))
                .noneMatch(text -> set.contains(InetAddress.ofLiteral(text)));
        assertThat(AddressSet.LOOPBACK.contains(InetAddress.getLoopbackAddress()))
                .isTrue();
        assertThatThrownBy(() -> AddressSet.of(List.of("10.0.0.0/33"))).hasMessageContaining("10.0.0.0/33");
    }
}
