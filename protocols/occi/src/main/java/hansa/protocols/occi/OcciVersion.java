package hansa.protocols.occi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A version as {@code Server} and {@code User-Agent} tell it: {@code OCCI/1.2} (GFD.223, Versioning). */
public record OcciVersion(int major, int minor) implements Comparable<OcciVersion> {
    public static final OcciVersion V1_1 = new OcciVersion(1, 1);
    public static final OcciVersion V1_2 = new OcciVersion(1, 2);

    private static final String PRODUCT = "OCCI/";
    private static final Comparator<OcciVersion> ORDER =
            Comparator.comparingInt(OcciVersion::major).thenComparingInt(OcciVersion::minor);

    /** @throws IllegalArgumentException if a number is negative */
    public OcciVersion {
        if (major < 0 || minor < 0) {
            throw new IllegalArgumentException("A version number cannot be negative");
        }
    }

    @Override
    public int compareTo(OcciVersion other) {
        return ORDER.compare(this, other);
    }

    /** As on the wire. */
    @Override
    public String toString() {
        return PRODUCT + major + '.' + minor;
    }

    /** All versions that a header names, in its order; what is malformed is passed over. */
    public static List<OcciVersion> parseAll(String header) {
        List<OcciVersion> found = new ArrayList<>(1);
        int at = header.indexOf(PRODUCT);
        while (at >= 0) {
            if (at == 0 || isBoundary(header.charAt(at - 1))) {
                read(header, at + PRODUCT.length()).ifPresent(found::add);
            }
            at = header.indexOf(PRODUCT, at + PRODUCT.length());
        }
        return found;
    }

    /** The highest version that a header names. */
    public static Optional<OcciVersion> highest(String header) {
        return parseAll(header).stream().max(Comparator.naturalOrder());
    }

    private static boolean isBoundary(char c) {
        return c <= ' ' || c == '(' || c == ',' || c == ';';
    }

    private static Optional<OcciVersion> read(String header, int from) {
        int point = digits(header, from);
        if (point == from || point >= header.length() || header.charAt(point) != '.') {
            return Optional.empty();
        }
        int end = digits(header, point + 1);
        if (end == point + 1) {
            return Optional.empty();
        }
        return Optional.of(new OcciVersion(
                Integer.parseInt(header.substring(from, point)), Integer.parseInt(header.substring(point + 1, end))));
    }

    /** The end of the digits; no more than four are read, which is enough to be too high. */
    private static int digits(String header, int from) {
        int at = from;
        while (at < header.length() && at < from + 4 && header.charAt(at) >= '0' && header.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    /**
     * The value of {@code Server} for a service of both versions that offers the compute resource templates (GFD.222).
     *
     * @param product name and version of the software, such as {@code hansa/0.1.0}
     */
    public static String serverHeader(String product, Profile profile) {
        return switch (profile) {
            case COMPATIBLE -> product + ' ' + V1_1 + ' ' + V1_2 + " OCCI-CRTP/1.1";
            case STRICT -> product + ' ' + V1_2 + " OCCI-CRTP/1.1";
        };
    }
}
