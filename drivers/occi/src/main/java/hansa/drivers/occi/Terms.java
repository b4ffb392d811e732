package hansa.drivers.occi;

import hansa.protocols.occi.CategoryId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The names behind terms: another Hansa writes what a term cannot hold as {@code _x} and two hexadecimal digits. */
final class Terms {

    private Terms() {}

    static String name(Dialect dialect, CategoryId id) {
        return dialect == Dialect.HANSA ? unescaped(id.term()) : id.term();
    }

    private static String unescaped(String term) {
        byte[] raw = term.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream name = new ByteArrayOutputStream(raw.length);
        int i = 0;
        while (i < raw.length) {
            boolean escape = i + 3 < raw.length && raw[i] == '_' && raw[i + 1] == 'x';
            int high = escape ? Character.digit(raw[i + 2], 16) : -1;
            int low = escape ? Character.digit(raw[i + 3], 16) : -1;
            if (high >= 0 && low >= 0) {
                name.write(high << 4 | low);
                i += 4;
            } else {
                name.write(raw[i++]);
            }
        }
        return name.toString(StandardCharsets.UTF_8);
    }
}
