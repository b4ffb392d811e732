package hansa.kernel.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Writes ASN.1 in its distinguished encoding (X.690), as far as a certificate needs it. By hand, because the usual
 * library comes in signed jars, whose checking alone costs a quarter of the time that a first start may take.
 */
final class Der {

    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter GENERALIZED_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Instant YEAR_2050 = Instant.parse("2050-01-01T00:00:00Z");

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return tagged(0x30, parts);
    }

    static byte[] set(byte[]... parts) {
        return tagged(0x31, parts);
    }

    /** Parts that are encoded already, in an envelope with a context-specific tag. */
    static byte[] explicit(int tag, byte[]... parts) {
        return tagged(0xa0 | tag, parts);
    }

    /** Plain content under a context-specific tag. */
    static byte[] implicit(int tag, byte[] content) {
        return tagged(0x80 | tag, content);
    }

    static byte[] integer(BigInteger value) {
        return tagged(0x02, value.toByteArray());
    }

    static byte[] yes() {
        return tagged(0x01, new byte[] {(byte) 0xff});
    }

    static byte[] octets(byte[] content) {
        return tagged(0x04, content);
    }

    static byte[] bits(byte[] content) {
        return tagged(0x03, new byte[] {0}, content);
    }

    /**
     * Named bits, of which trailing zeros are left out (X.690 section 11.2.2).
     *
     * @param set the numbers of the bits that are one, each below 8
     */
    static byte[] namedBits(int... set) {
        int value = 0;
        for (int bit : set) {
            value |= 0x80 >> bit;
        }
        int unused = Integer.numberOfTrailingZeros(value);
        return tagged(0x03, new byte[] {(byte) unused, (byte) value});
    }

    static byte[] utf8(String text) {
        return tagged(0x0c, text.getBytes(StandardCharsets.UTF_8));
    }

    /** As certificates write times: two digits for the year before 2050, four from then on (RFC 5280 section 4.1.2.5). */
    static byte[] time(Instant time) {
        return time.isBefore(YEAR_2050)
                ? tagged(0x17, UTC_TIME.format(time).getBytes(StandardCharsets.US_ASCII))
                : tagged(0x18, GENERALIZED_TIME.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    /** @param dotted for example {@code 2.5.29.17} */
    static byte[] objectId(String dotted) {
        String[] arcs = dotted.split("\\.");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        base128(out, Long.parseLong(arcs[0]) * 40 + Long.parseLong(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            base128(out, Long.parseLong(arcs[i]));
        }
        return tagged(0x06, out.toByteArray());
    }

    private static void base128(ByteArrayOutputStream out, long arc) {
        for (int shift = 56; shift > 0; shift -= 7) {
            if (arc >>> shift != 0) {
                out.write((int) (arc >>> shift & 0x7f) | 0x80);
            }
        }
        out.write((int) (arc & 0x7f));
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length >= 0x80) {
            byte[] digits = BigInteger.valueOf(length).toByteArray();
            int skipped = digits[0] == 0 ? 1 : 0;
            out.write(0x80 | digits.length - skipped);
            out.write(digits, skipped, digits.length - skipped);
        } else {
            out.write(length);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
