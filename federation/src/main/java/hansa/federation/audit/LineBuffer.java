package hansa.federation.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/** Collects lines of JSON as bytes. Every decision passes here, so nothing is allocated but when it grows. One thread. */
final class LineBuffer {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[64 * 1024];
    private int length;

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    ByteBuffer written() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    void digest(MessageDigest digest, int from) {
        digest.update(bytes, from, length - from);
    }

    /** ASCII without anything that JSON escapes. */
    LineBuffer plain(String text) {
        int size = text.length();
        grow(size);
        for (int i = 0; i < size; i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    LineBuffer number(long value) {
        return plain(Long.toString(value));
    }

    /** A JSON string (RFC 8259, §7). */
    LineBuffer text(String value) {
        int size = value.length();
        grow(2 + 6 * size);
        bytes[length++] = '"';
        for (int i = 0; i < size; i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                return rest(value.substring(i));
            }
            ascii(c);
        }
        bytes[length++] = '"';
        return this;
    }

    private LineBuffer rest(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        grow(2 + 6 * utf8.length);
        for (byte b : utf8) {
            if (b < 0) {
                bytes[length++] = b;
            } else {
                ascii((char) b);
            }
        }
        bytes[length++] = '"';
        return this;
    }

    private void ascii(char c) {
        if (c == '"' || c == '\\') {
            bytes[length++] = '\\';
            bytes[length++] = (byte) c;
        } else if (c < 0x20) {
            bytes[length++] = '\\';
            bytes[length++] = 'u';
            bytes[length++] = '0';
            bytes[length++] = '0';
            bytes[length++] = HEX[c >> 4];
            bytes[length++] = HEX[c & 15];
        } else {
            bytes[length++] = (byte) c;
        }
    }

    private void grow(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
