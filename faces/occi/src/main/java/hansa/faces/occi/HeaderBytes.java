package hansa.faces.occi;

import hansa.kernel.http.Response.Header;
import hansa.protocols.occi.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The OCCI library speaks of header values as bytes, one char for each; the HTTP server speaks of text. */
final class HeaderBytes {

    private HeaderBytes() {}

    static HeaderField ofText(String name, String text) {
        return new HeaderField(
                name,
                isAscii(text) ? text : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    static List<Header> toText(List<HeaderField> fields) {
        return fields.stream()
                .map(field -> new Header(
                        field.name(),
                        isAscii(field.value())
                                ? field.value()
                                : new String(
                                        field.value().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)))
                .toList();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
