package hansa.kernel.http;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoded UTF-8 (RFC 3986 section 2.1), read strictly. */
final class PercentText {

    private PercentText() {}

    /** Decodes one path segment. */
    static String segment(String raw) {
        return raw.indexOf('%') < 0 ? raw : decode(raw, false);
    }

    /** Decodes a name or value of a query, where a plus is a space. */
    static String query(String raw) {
        return raw.indexOf('%') < 0 && raw.indexOf('+') < 0 ? raw : decode(raw, true);
    }

    private static String decode(String raw, boolean plusIsSpace) {
        ByteBuffer bytes = ByteBuffer.allocate(raw.length() * 3);
        int length = raw.length();
        for (int i = 0; i < length; i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                if (i + 2 >= length
                        || !HexFormat.isHexDigit(raw.charAt(i + 1))
                        || !HexFormat.isHexDigit(raw.charAt(i + 2))) {
                    throw malformed(raw);
                }
                bytes.put((byte) HexFormat.fromHexDigits(raw, i + 1, i + 3));
                i += 2;
            } else if (c == '+' && plusIsSpace) {
                bytes.put((byte) ' ');
            } else if (c < 0x80) {
                bytes.put((byte) c);
            } else {
                int point = raw.codePointAt(i);
                bytes.put(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(point) - 1;
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException notUtf8) {
            throw malformed(raw);
        }
    }

    private static Failure malformed(String raw) {
        String shown = raw.length() > 80 ? raw.substring(0, 80) + "…" : raw;
        return new Failure(
                ErrorCode.REQUEST_MALFORMED,
                "The address holds \"" + shown
                        + "\", which is not percent-encoded UTF-8; write %25 for a percent sign.");
    }
}
