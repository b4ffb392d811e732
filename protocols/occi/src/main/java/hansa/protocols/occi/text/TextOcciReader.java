package hansa.protocols.occi.text;

import hansa.protocols.occi.HeaderField;
import hansa.protocols.occi.Limits;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.OcciSyntaxException;
import java.util.Optional;

/**
 * Reads {@code text/occi}: the same fields as HTTP headers, repeated or as comma-separated lists (GFD.229, OCCI Header Rendering). Other
 * headers are passed over. Stateless and safe for any number of threads.
 */
public final class TextOcciReader {
    private final Limits limits;

    public TextOcciReader(Limits limits) {
        this.limits = limits;
    }

    public OcciMessage read(Iterable<HeaderField> headers) throws OcciSyntaxException {
        FieldScanner scanner = new FieldScanner(limits);
        long length = 0;
        for (HeaderField header : headers) {
            Optional<OcciField> field =
                    OcciField.of(header.name(), 0, header.name().length());
            if (field.isEmpty()) {
                continue;
            }
            length += header.value().length();
            if (length > limits.length()) {
                throw new OcciSyntaxException(
                        "The OCCI headers are longer than " + limits.length() + " characters; send a body instead",
                        0,
                        0);
            }
            try {
                String value = Utf8.ofBytesAsChars(header.value());
                scanner.field(field.get(), value, 0, value.length());
            } catch (OcciSyntaxException e) {
                throw e.inHeader(field.get().label());
            }
        }
        return scanner.message();
    }
}
