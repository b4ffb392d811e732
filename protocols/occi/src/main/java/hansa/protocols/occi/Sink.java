package hansa.protocols.occi;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;

/** Bytes in the making, in UTF-8: the target of every writer. Reusable after {@link #reset()}; for one thread at a time. */
public final class Sink {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private byte[] bytes;
    private int size;

    /** @param expected bytes to make room for at first; grows as needed */
    public Sink(int expected) {
        bytes = new byte[Math.max(64, expected)];
    }

    public Sink reset() {
        size = 0;
        return this;
    }

    public int size() {
        return size;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), Math.min(bytes.length, 1 << 29) * 2));
        }
    }

    public Sink put(char ascii) {
        room(1);
        bytes[size++] = (byte) ascii;
        return this;
    }

    public Sink put(byte[] ready) {
        room(ready.length);
        System.arraycopy(ready, 0, bytes, size, ready.length);
        size += ready.length;
        return this;
    }

    /** Appends a text as it is. */
    public Sink put(String text) {
        int length = text.length();
        room(length);
        int at = size;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                size = at;
                return put(text.substring(i).getBytes(StandardCharsets.UTF_8));
            }
            bytes[at++] = (byte) c;
        }
        size = at;
        return this;
    }

    /** Appends a quoted-string; control characters, which it cannot hold, become blanks. */
    public Sink quoted(String text) {
        int length = text.length();
        room(2 * length + 2);
        int at = size;
        bytes[at++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                size = at;
                i = wide(text, i);
                room(2 * (length - i) + 2);
                at = size;
                continue;
            }
            if (c < ' ' || c == 0x7f) {
                bytes[at++] = ' ';
                continue;
            }
            if (c == '"' || c == '\\') {
                bytes[at++] = '\\';
            }
            bytes[at++] = (byte) c;
        }
        bytes[at++] = '"';
        size = at;
        return this;
    }

    /** Appends a URI reference, with whatever would end it early as percent escapes. */
    public Sink uri(String reference) {
        int length = reference.length();
        room(3 * length);
        for (int i = 0; i < length; i++) {
            char c = reference.charAt(i);
            if (c >= 0x80) {
                int last = Character.isHighSurrogate(c) && i + 1 < length ? i + 1 : i;
                for (byte b : reference.substring(i, last + 1).getBytes(StandardCharsets.UTF_8)) {
                    escaped(b);
                }
                i = last;
            } else if (c <= ' ' || c == '"' || c == '<' || c == '>' || c == '\\' || c == 0x7f) {
                escaped((byte) c);
            } else {
                put(c);
            }
        }
        return this;
    }

    private void escaped(byte b) {
        room(3);
        bytes[size++] = '%';
        bytes[size++] = (byte) Character.toUpperCase(HEX[(b >> 4) & 15]);
        bytes[size++] = (byte) Character.toUpperCase(HEX[b & 15]);
    }

    /** Appends a JSON string (RFC 8259, section 7). */
    public Sink jsonString(String text) {
        int length = text.length();
        room(6 * length + 2);
        int at = size;
        bytes[at++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                size = at;
                i = wide(text, i);
                room(6 * (length - i) + 2);
                at = size;
            } else if (c == '"' || c == '\\') {
                bytes[at++] = '\\';
                bytes[at++] = (byte) c;
            } else if (c >= ' ') {
                bytes[at++] = (byte) c;
            } else {
                bytes[at++] = '\\';
                bytes[at++] = 'u';
                bytes[at++] = '0';
                bytes[at++] = '0';
                bytes[at++] = HEX[c >> 4];
                bytes[at++] = HEX[c & 15];
            }
        }
        bytes[at++] = '"';
        size = at;
        return this;
    }

    /** Appends the character at {@code i}, which is not ASCII; returns the index of its last char. */
    private int wide(String text, int i) {
        int last = Character.isHighSurrogate(text.charAt(i)) && i + 1 < text.length() ? i + 1 : i;
        put(text.substring(i, last + 1).getBytes(StandardCharsets.UTF_8));
        return last;
    }

    /** Appends a value as JSON. */
    public Sink jsonValue(AttributeValue value) {
        return switch (value) {
            case AttributeValue.Text text -> jsonString(text.value());
            case AttributeValue.Numeric number -> put(number.asText());
            case AttributeValue.Bool bool -> put(bool.asText());
            case AttributeValue.Items items -> {
                put('[');
                Iterator<AttributeValue> each = items.values().iterator();
                while (each.hasNext()) {
                    jsonValue(each.next());
                    if (each.hasNext()) {
                        put(',');
                    }
                }
                yield put(']');
            }
            case AttributeValue.Fields fields -> jsonMembers(fields.values());
        };
    }

    /** Appends an object whose members are attributes. */
    public Sink jsonMembers(Map<String, AttributeValue> values) {
        put('{');
        boolean first = true;
        for (Map.Entry<String, AttributeValue> member : values.entrySet()) {
            if (!first) {
                put(',');
            }
            first = false;
            jsonString(member.getKey()).put(':').jsonValue(member.getValue());
        }
        return put('}');
    }

    static String json(AttributeValue value) {
        return new Sink(64).jsonValue(value).toString();
    }
}
