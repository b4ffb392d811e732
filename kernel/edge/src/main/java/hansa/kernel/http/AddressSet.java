package hansa.kernel.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/** Some addresses and networks. Immutable. */
public final class AddressSet {

    public static final AddressSet NONE = new AddressSet(List.of());
    public static final AddressSet LOOPBACK = AddressSet.of(List.of("127.0.0.0/8", "::1"));

    private final List<Network> networks;

    private AddressSet(List<Network> networks) {
        this.networks = List.copyOf(networks);
    }

    /** @throws IllegalArgumentException if one is neither an address nor like {@code 10.0.0.0/8} */
    public static AddressSet of(List<String> texts) {
        return new AddressSet(texts.stream().map(Network::parse).toList());
    }

    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        for (Network network : networks) {
            if (network.contains(bytes)) {
                return true;
            }
        }
        return false;
    }

    private static final class Network {

        private final byte[] prefix;
        private final int bits;

        private Network(byte[] prefix, int bits) {
            this.prefix = prefix;
            this.bits = bits;
        }

        static Network parse(String text) {
            int slash = text.indexOf('/');
            byte[] prefix = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash))
                    .getAddress();
            String length = slash < 0 ? "" : text.substring(slash + 1);
            if (slash >= 0 && !length.matches("\\d{1,3}")) {
                throw new IllegalArgumentException("A network is like 10.0.0.0/8, not " + text);
            }
            int bits = slash < 0 ? 8 * prefix.length : Integer.parseInt(length);
            if (bits > 8 * prefix.length) {
                throw new IllegalArgumentException("A network is like 10.0.0.0/8, not " + text);
            }
            return new Network(prefix, bits);
        }

        boolean contains(byte[] address) {
            int whole = bits / 8;
            if (address.length != prefix.length || Arrays.mismatch(address, 0, whole, prefix, 0, whole) >= 0) {
                return false;
            }
            int rest = bits % 8;
            return rest == 0 || ((address[whole] ^ prefix[whole]) & 0xff) >>> (8 - rest) == 0;
        }
    }
}
