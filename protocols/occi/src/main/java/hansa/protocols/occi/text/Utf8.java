package hansa.protocols.occi.text;

import hansa.protocols.occi.OcciSyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes a body and refuses what is not UTF-8, instead of putting replacement characters into somebody's data. */
final class Utf8 {
    private Utf8() {}

    /** Turns chars that stand for bytes into the text that these bytes are in UTF-8; any other text stays as it is. */
    static String ofBytesAsChars(String value) {
        boolean ascii = true;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c > 0xFF) {
                return value;
            }
            ascii &= c < 0x80;
        }
        if (ascii) {
            return value;
        }
        String text = new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : value;
    }

    static String decode(byte[] body) throws OcciSyntaxException {
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            OcciSyntaxException fault = new OcciSyntaxException("The body is not UTF-8; send it in UTF-8", 0, 0);
            fault.initCause(e);
            throw fault;
        }
    }
}
