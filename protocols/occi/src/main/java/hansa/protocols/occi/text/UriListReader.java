package hansa.protocols.occi.text;

import hansa.protocols.occi.Limits;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.OcciSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads {@code text/uri-list} (RFC 2483): a URL on each line, comments after {@code #}. Stateless. */
public final class UriListReader {
    private final Limits limits;

    public UriListReader(Limits limits) {
        this.limits = limits;
    }

    /** Reads a body in UTF-8; the message has only locations. */
    public OcciMessage read(byte[] body) throws OcciSyntaxException {
        if (body.length > limits.length()) {
            throw new OcciSyntaxException(
                    "The list is longer than " + limits.length() + " bytes; send it in parts", 0, 0);
        }
        return read(Utf8.decode(body));
    }

    /** Reads a body; the message has only locations. */
    public OcciMessage read(CharSequence body) throws OcciSyntaxException {
        String text = body.toString();
        List<String> locations = new ArrayList<>();
        int line = 0;
        int at = 0;
        while (at < text.length()) {
            line++;
            int newline = text.indexOf('\n', at);
            int end = newline < 0 ? text.length() : newline;
            String entry = text.substring(at, end).strip();
            at = end + 1;
            if (entry.isEmpty() || entry.charAt(0) == '#') {
                continue;
            }
            if (locations.size() == limits.entries()) {
                throw new OcciSyntaxException(
                        "More than " + limits.entries() + " entries; send the list in parts", line, 0);
            }
            if (entry.chars().anyMatch(c -> c <= ' ') || entry.length() > limits.valueLength()) {
                throw new OcciSyntaxException("A line holds one URL without blanks in it", line, 0);
            }
            locations.add(entry);
        }
        return new OcciMessage(List.of(), Map.of(), List.of(), locations, List.of());
    }
}
