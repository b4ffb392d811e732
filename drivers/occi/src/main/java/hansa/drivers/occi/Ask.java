package hansa.drivers.occi;

import hansa.protocols.occi.HeaderField;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A request before it is said who asks. */
@SuppressWarnings("ArrayRecordComponent") // never compared, and sent as it is
record Ask(String method, URI uri, List<HeaderField> headers, byte[] body) {

    private static final byte[] NOTHING = new byte[0];

    Ask {
        headers = List.copyOf(headers);
    }

    static Ask of(String method, URI uri) {
        return new Ask(method, uri, List.of(), NOTHING);
    }

    Ask with(String name, String value) {
        List<HeaderField> more = new ArrayList<>(headers);
        more.add(new HeaderField(name, value));
        return new Ask(method, uri, more, body);
    }

    Ask with(HeaderField field) {
        return with(field.name(), field.value());
    }

    Ask saying(String contentType, byte[] content) {
        Ask typed = with("Content-Type", contentType);
        return new Ask(method, uri, typed.headers, content);
    }

    /** Method and path, for messages. */
    @Override
    public String toString() {
        return method + " " + uri.getPath();
    }
}
