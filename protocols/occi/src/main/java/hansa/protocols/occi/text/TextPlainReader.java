package hansa.protocols.occi.text;

import hansa.protocols.occi.Limits;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.OcciSyntaxException;

/**
 * Reads {@code text/plain} and {@code text/occi+plain}: fields as lines of a body (GFD.185, The Content-type text/plain; GFD.229, OCCI Text Plain rendering).
 * Stateless and safe for any number of threads.
 *
 * <p>Lenient where peers are sloppy: lines end in LF or CRLF, a line that begins with a blank continues the one before, field
 * names come in any case, several values share a line or not, semicolons are missing or too many, words go unquoted.
 */
public final class TextPlainReader {
    private final Limits limits;

    public TextPlainReader(Limits limits) {
        this.limits = limits;
    }

    /** Reads a body in UTF-8. */
    public OcciMessage read(byte[] body) throws OcciSyntaxException {
        if (body.length > limits.length()) {
            throw tooLong();
        }
        return read(Utf8.decode(body));
    }

    /** Reads a body. */
    public OcciMessage read(CharSequence body) throws OcciSyntaxException {
        if (body.length() > limits.length()) {
            throw tooLong();
        }
        FieldScanner scanner = new FieldScanner(limits);
        scan(body.toString(), scanner);
        return scanner.message();
    }

    private OcciSyntaxException tooLong() {
        return new OcciSyntaxException("The body is longer than " + limits.length() + " characters; send less", 0, 0);
    }

    static void scan(String body, FieldScanner scanner) throws OcciSyntaxException {
        int at = body.startsWith("\uFEFF") ? 1 : 0;
        int line = 1;
        while (at < body.length()) {
            int lineEnd = lineEnd(body, at);
            int lines = 1;
            int end = lineEnd;
            while (end + 1 < body.length() && isFold(body.charAt(end + 1))) {
                end = lineEnd(body, end + 1);
                lines++;
            }
            if (!body.regionMatches(at, "OK", 0, 2) || !isBlank(body, at + 2, end)) {
                line(body, at, end, line, scanner);
            }
            line += lines;
            at = end + 1;
        }
    }

    private static void line(String body, int from, int end, int line, FieldScanner scanner)
            throws OcciSyntaxException {
        int nameEnd = from;
        while (nameEnd < end && isNamePart(body.charAt(nameEnd))) {
            nameEnd++;
        }
        if (isBlank(body, from, end)) {
            return;
        }
        int colon = nameEnd;
        while (colon < end && body.charAt(colon) == ' ') {
            colon++;
        }
        OcciField field = colon < end && body.charAt(colon) == ':'
                ? OcciField.of(body, from, nameEnd).orElse(null)
                : null;
        if (field == null) {
            throw new OcciSyntaxException(
                    "A line must begin with Category:, Link:, X-OCCI-Attribute: or X-OCCI-Location:", line, 1);
        }
        scanner.field(field, body, colon + 1, end);
    }

    private static int lineEnd(String body, int from) {
        int newline = body.indexOf('\n', from);
        return newline < 0 ? body.length() : newline;
    }

    private static boolean isFold(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isNamePart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    }

    private static boolean isBlank(String body, int from, int to) {
        for (int i = from; i < to; i++) {
            if (body.charAt(i) > ' ') {
                return false;
            }
        }
        return true;
    }
}
