package hansa.protocols.aarc;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of one part of a URN (RFC 3986 §2, RFC 8141 §2), as UTF-8. */
final class PercentText {

    private static final String UNRESERVED = "-._~";
    private static final String SUB_DELIMITERS = "!$&'()*+,;=@/";
    private static final String HEX = "0123456789ABCDEF";

    private PercentText() {}

    /** @throws IllegalArgumentException for characters that have to be encoded, and for bytes that are no UTF-8 */
    static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                if (i + 2 >= text.length()) {
                    throw new IllegalArgumentException("A percent sign is followed by two hexadecimal digits");
                }
                bytes.write(digit(text.charAt(i + 1)) << 4 | digit(text.charAt(i + 2)));
                i += 2;
            } else if (isPlain(c) || SUB_DELIMITERS.indexOf(c) >= 0) {
                bytes.write(c);
            } else {
                throw new IllegalArgumentException("A character in an entitlement has to be percent-encoded");
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("An entitlement is percent-encoded UTF-8", e);
        }
    }

    static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            int value = b & 0xff;
            if (value < 0x80 && isPlain((char) value)) {
                encoded.append((char) value);
            } else {
                encoded.append('%').append(HEX.charAt(value >> 4)).append(HEX.charAt(value & 15));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || UNRESERVED.indexOf(c) >= 0;
    }

    private static int digit(char c) {
        int value = c < 0x80 ? Character.digit(c, 16) : -1;
        if (value < 0) {
            throw new IllegalArgumentException("A percent sign is followed by two hexadecimal digits");
        }
        return value;
    }
}
