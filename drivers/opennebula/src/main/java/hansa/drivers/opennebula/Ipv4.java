package hansa.drivers.opennebula;

import java.util.Optional;

/** Addresses of IPv4 as numbers. */
final class Ipv4 {

    private static final String FORM = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String ADDRESS = FORM + "\\." + FORM + "\\." + FORM + "\\." + FORM;

    private Ipv4() {}

    static Optional<Long> parse(String address) {
        if (!address.matches(ADDRESS)) {
            return Optional.empty();
        }
        long number = 0;
        for (String part : address.split("\\.")) {
            number = number << 8 | Integer.parseInt(part);
        }
        return Optional.of(number);
    }

    static String text(long address) {
        return (address >> 24 & 255) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    static long mask(int prefix) {
        return prefix == 0 ? 0 : 0xffff_ffffL << 32 - prefix & 0xffff_ffffL;
    }

    /** The length of the prefix that a mask such as 255.255.255.0 has. */
    static Optional<Integer> prefix(String mask) {
        return parse(mask).flatMap(number -> {
            for (int prefix = 0; prefix <= 32; prefix++) {
                if (mask(prefix) == number) {
                    return Optional.of(prefix);
                }
            }
            return Optional.empty();
        });
    }

    /** The network that an address lies in, such as 10.0.0.0/24. */
    static Optional<String> network(String address, int prefix) {
        return parse(address).map(number -> text(number & mask(prefix)) + "/" + prefix);
    }
}
