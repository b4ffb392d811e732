package hansa.drivers.ec2;

import java.util.List;
import java.util.Optional;

/**
 * A range of IPv4 addresses.
 *
 * @param first as an unsigned number of 32 bits
 * @param prefix 0 to 32
 */
record Ipv4Block(long first, int prefix) {

    private static final int USUAL = 24;
    private static final int MOST_TRIED = 1 << 16;

    /** Reads {@code 10.0.0.0/16}; empty where it is none. */
    static Optional<Ipv4Block> read(String text) {
        if (!text.matches("(\\d{1,3}\\.){3}\\d{1,3}/\\d{1,2}")) {
            return Optional.empty();
        }
        String[] parts = text.split("[./]");
        long address = 0;
        for (int i = 0; i < 4; i++) {
            int part = Integer.parseInt(parts[i]);
            if (part > 255) {
                return Optional.empty();
            }
            address = address << 8 | part;
        }
        int prefix = Integer.parseInt(parts[4]);
        return prefix > 32 ? Optional.empty() : Optional.of(new Ipv4Block(address, prefix));
    }

    private long size() {
        return 1L << 32 - prefix;
    }

    boolean overlaps(Ipv4Block other) {
        return first < other.first + other.size() && other.first < first + size();
    }

    /** The first part of the usual size, or of this block's where it is smaller, that nothing takes. */
    Optional<Ipv4Block> freePart(List<Ipv4Block> taken) {
        int wanted = Math.max(prefix, USUAL);
        long step = 1L << 32 - wanted;
        long end = Math.min(first + size(), first + step * MOST_TRIED);
        for (long start = first; start < end; start += step) {
            Ipv4Block part = new Ipv4Block(start, wanted);
            if (taken.stream().noneMatch(part::overlaps)) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    /** The second address, at which EC2 has its router. */
    String router() {
        return dotted(first + 1);
    }

    private static String dotted(long address) {
        return (address >> 24 & 255) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    @Override
    public String toString() {
        return dotted(first) + "/" + prefix;
    }
}
