package hansa.federation.compute;

import hansa.kernel.base.Failure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A range of addresses in CIDR notation (RFC 4632 §3.1, RFC 4291 §2.3).
 *
 * @param length of the prefix in bits
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record IpRange(byte[] network, int length) {

    /** @throws hansa.kernel.base.Failure {@code attribute.invalid} */
    static IpRange parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? "" : text.substring(0, slash);
        String digits = slash < 0 ? "" : text.substring(slash + 1);
        if (!isAddress(address) || !digits.matches("\\d{1,3}")) {
            throw notRange(text);
        }
        byte[] bytes = bytes(address);
        int length = Integer.parseInt(digits);
        if (length > bytes.length * 8) {
            throw notRange(text);
        }
        if (!Arrays.equals(masked(bytes, length), bytes)) {
            throw Input.invalid("'" + text + "' has bits set behind its prefix; the range's first address goes there.");
        }
        return new IpRange(bytes, length);
    }

    private static Failure notRange(String text) {
        return Input.invalid("A range of addresses has the form 10.1.0.0/24, not '" + text + "'.");
    }

    boolean contains(String address) {
        byte[] bytes = bytes(address);
        return bytes.length == network.length && Arrays.equals(masked(bytes, length), network);
    }

    /** Whether it is an address in digits; names are never looked up. */
    static boolean isAddress(String text) {
        if (text.isEmpty() || text.length() > 45) {
            return false;
        }
        if (text.indexOf(':') >= 0) {
            return text.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.') && parses(text);
        }
        return text.matches("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    }

    private static boolean parses(String text) {
        try {
            InetAddress.getByName(text);
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static byte[] bytes(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw Input.invalid("'" + address + "' is no address.");
        }
    }

    private static byte[] masked(byte[] bytes, int length) {
        byte[] masked = bytes.clone();
        for (int bit = length; bit < bytes.length * 8; bit++) {
            masked[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        return masked;
    }
}
