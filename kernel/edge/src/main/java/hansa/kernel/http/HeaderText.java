package hansa.kernel.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Header values travel as bytes that HTTP libraries show as ISO 8859-1 (RFC 9110 section 5.5), while clients that send
 * anything beyond ASCII mean UTF-8.
 */
final class HeaderText {

    private HeaderText() {}

    /** The text that a client meant: UTF-8 where the bytes are, else as they stand. */
    static String read(String wire) {
        for (int i = 0; i < wire.length(); i++) {
            if (wire.charAt(i) >= 0x80) {
                return decoded(wire);
            }
        }
        return wire;
    }

    private static String decoded(String wire) {
        byte[] bytes = wire.getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return wire;
        }
    }

    /** What is handed to the HTTP library. A line break cannot end a field early: controls become spaces. */
    static String write(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' || c >= 0x7f) {
                return encoded(text);
            }
        }
        return text;
    }

    private static String encoded(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> clean.appendCodePoint(c < ' ' && c != '\t' || c == 0x7f ? ' ' : c));
        return new String(clean.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
