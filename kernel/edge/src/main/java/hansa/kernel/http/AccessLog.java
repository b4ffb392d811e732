package hansa.kernel.http;

import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line of {@code key=value} for each request, on the logger {@code hansa.access}. */
final class AccessLog {

    private static final Logger LOG = LoggerFactory.getLogger("hansa.access");
    private static final int LONGEST = 400;
    private static final Set<String> SECRET_WORDS = Set.of(
            "token", "secret", "password", "passwd", "key", "signature", "credential", "code", "auth", "session");

    private AccessLog() {}

    /** What is known about a request once its answer is out. */
    record Entry(
            String id,
            String face,
            String peer,
            String method,
            String path,
            String query,
            int status,
            long bytes,
            long micros,
            boolean complete) {}

    static boolean wanted() {
        return LOG.isInfoEnabled();
    }

    static void write(Entry entry) {
        StringBuilder line = new StringBuilder(160)
                .append("id=")
                .append(entry.id())
                .append(" face=")
                .append(entry.face())
                .append(" peer=")
                .append(entry.peer())
                .append(" method=")
                .append(entry.method())
                .append(" path=");
        appendShort(line, entry.path());
        if (!entry.query().isEmpty()) {
            line.append(" query=");
            appendShort(line, masked(entry.query()));
        }
        line.append(" status=")
                .append(entry.status())
                .append(" bytes=")
                .append(entry.bytes())
                .append(" us=")
                .append(entry.micros());
        if (!entry.complete()) {
            line.append(" cut=true");
        }
        LOG.info(line.toString());
    }

    /** A client chooses these characters: none may end the line or look like the next field. */
    private static void appendShort(StringBuilder line, String text) {
        int length = Math.min(text.length(), LONGEST);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            line.append(c <= ' ' || c == 0x7f || c == '"' || c > 0xff ? '?' : c);
        }
        if (length < text.length()) {
            line.append('…');
        }
    }

    /** The query as sent, the values of parameters with a telling name and very long values left out. */
    static String masked(String query) {
        StringBuilder out = new StringBuilder(query.length());
        for (String pair : query.split("&", -1)) {
            if (!out.isEmpty()) {
                out.append('&');
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            boolean secret = equals >= 0 && (pair.length() - equals > 64 || tells(name));
            out.append(secret ? name + "=***" : pair);
        }
        return out.toString();
    }

    private static boolean tells(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return SECRET_WORDS.stream().anyMatch(lower::contains);
    }
}
