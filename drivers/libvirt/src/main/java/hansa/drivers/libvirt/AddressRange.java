package hansa.drivers.libvirt;

import hansa.cloud.CloudException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IPv4 range for guests.
 *
 * @param base the lowest address, as a number
 * @param bits 8 to 29
 */
record AddressRange(long base, int bits) {

    private static final Pattern CIDR = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

    /** @throws IllegalArgumentException with one line when it is none that can be used */
    static AddressRange of(String cidr) {
        Matcher matcher = CIDR.matcher(cidr);
        if (matcher.matches()) {
            int bits = Integer.parseInt(matcher.group(5));
            long address = address(matcher);
            if (address >= 0 && bits >= 8 && bits <= 29) {
                return new AddressRange(address & mask(bits), bits);
            }
        }
        throw new IllegalArgumentException("'" + cidr + "' is no IPv4 range like 10.1.2.0/24, with 8 to 29 bits");
    }

    static AddressRange ofMask(String address, String netmask) {
        return of(address + "/" + Long.bitCount(number(netmask)));
    }

    private static long mask(int bits) {
        return 0xFFFFFFFFL << (32 - bits) & 0xFFFFFFFFL;
    }

    /** The address in the first four groups, or -1. */
    private static long address(Matcher matcher) {
        long address = 0;
        for (int i = 1; i <= 4; i++) {
            int part = Integer.parseInt(matcher.group(i));
            if (part > 255) {
                return -1;
            }
            address = address << 8 | part;
        }
        return address;
    }

    private static long number(String address) {
        Matcher matcher = CIDR.matcher(address + "/32");
        return matcher.matches() ? address(matcher) : -1;
    }

    private static String dotted(long address) {
        return (address >> 24 & 255) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    String cidr() {
        return dotted(base) + "/" + bits;
    }

    /** Whether it is an address that a host in the range can have. */
    boolean contains(String address) {
        long number = number(address);
        return number > base && number < base + size() - 1;
    }

    /** @throws CloudException.InvalidRequest when it is none */
    String requireInside(String address) {
        if (!contains(address)) {
            throw new CloudException.InvalidRequest("no host in " + cidr() + " can have the address " + address);
        }
        return address;
    }

    private long size() {
        return 1L << (32 - bits);
    }

    String first() {
        return dotted(base + 1);
    }

    /** The first address for guests beside the one that is taken. */
    String firstAfter(String taken) {
        return taken.equals(first()) ? dotted(base + 2) : first();
    }

    String last() {
        return dotted(base + size() - 2);
    }
}
