package hansa.kernel.base;

import java.net.InetAddress;

/**
 * The addresses that one client may have at its choice: one of IPv4, all of a /64 network of IPv6, which is what a
 * provider gives to a single customer (RFC 6177).
 *
 * @param bits the first 64 bits of the address in IPv6
 */
public record AddressBlock(long bits) {

    private static final long MAPPED = 0xffff_0000_0000L;

    public static AddressBlock of(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean old = bytes.length == 4;
        long bits = 0;
        for (int i = 0; i < (old ? 4 : 8); i++) {
            bits = bits << 8 | bytes[i] & 0xff;
        }
        return new AddressBlock(old ? MAPPED | bits : bits);
    }
}
