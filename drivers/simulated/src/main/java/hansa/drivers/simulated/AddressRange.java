package hansa.drivers.simulated;

import java.util.BitSet;
import java.util.Optional;
import java.util.Set;

/**
 * The IPv4 addresses of one network, given out in turn. The first one is the gateway's; the network's own and the
 * broadcast address are never given out. Not safe for many threads.
 */
final class AddressRange {

    private final long base;
    private final int prefix;
    private final int size;
    private final BitSet taken = new BitSet();
    private int next = 2;

    private AddressRange(long base, int prefix) {
        this.base = base;
        this.prefix = prefix;
        this.size = 1 << (32 - prefix);
        taken.set(0, 2);
        taken.set(size - 1);
    }

    /** @throws IllegalArgumentException when it is not an IPv4 network of /8 to /30 in the form {@code 10.1.0.0/24} */
    static AddressRange of(String cidr) {
        int slash = cidr.indexOf('/');
        if (slash < 0 || !cidr.substring(slash + 1).matches("\\d{1,2}")) {
            throw refused(cidr);
        }
        int prefix = Integer.parseInt(cidr.substring(slash + 1));
        long address = number(cidr.substring(0, slash)).orElseThrow(() -> refused(cidr));
        if (prefix < 8 || prefix > 30 || address % (1L << (32 - prefix)) != 0) {
            throw refused(cidr);
        }
        return new AddressRange(address, prefix);
    }

    private static IllegalArgumentException refused(String cidr) {
        return new IllegalArgumentException("'" + cidr + "' is not an IPv4 network of /8 to /30 such as 10.1.0.0/24");
    }

    private static Optional<Long> number(String address) {
        long number = 0;
        int part = -1;
        int dots = 0;
        for (int i = 0; i <= address.length(); i++) {
            char c = i < address.length() ? address.charAt(i) : '.';
            if (c == '.' && part >= 0) {
                number = number << 8 | part;
                part = -1;
                dots++;
            } else if (c >= '0' && c <= '9' && part != 0) {
                part = Math.max(part, 0) * 10 + (c - '0');
            } else {
                return Optional.empty();
            }
            if (part > 255 || dots > 4) {
                return Optional.empty();
            }
        }
        return dots == 4 ? Optional.of(number) : Optional.empty();
    }

    private static String text(long address) {
        return (address >> 24 & 255) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    String cidr() {
        return text(base) + "/" + prefix;
    }

    String gateway() {
        return text(base + 1);
    }

    boolean contains(String address) {
        return number(address).filter(a -> a > base && a < base + size - 1).isPresent();
    }

    boolean isFree(String address) {
        return number(address)
                .filter(a -> a >= base && a < base + size && !taken.get((int) (a - base)))
                .isPresent();
    }

    /** A free address that is not among those; empty when the range is used up. */
    Optional<String> free(Set<String> promised) {
        int start = next;
        for (int at = taken.nextClearBit(start); at < size; at = taken.nextClearBit(at + 1)) {
            if (!promised.contains(text(base + at))) {
                next = at + 1;
                return Optional.of(text(base + at));
            }
        }
        for (int at = taken.nextClearBit(2); at < start && at < size; at = taken.nextClearBit(at + 1)) {
            if (!promised.contains(text(base + at))) {
                next = at + 1;
                return Optional.of(text(base + at));
            }
        }
        return Optional.empty();
    }

    void take(String address) {
        number(address).filter(a -> a >= base && a < base + size).ifPresent(a -> taken.set((int) (a - base)));
    }

    void release(String address) {
        number(address).filter(a -> a > base + 1 && a < base + size - 1).ifPresent(a -> taken.clear((int) (a - base)));
    }
}
