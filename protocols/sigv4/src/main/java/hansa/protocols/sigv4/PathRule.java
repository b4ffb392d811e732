package hansa.protocols.sigv4;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** How a service wants the path in what is signed. */
public enum PathRule {

    /** S3 and what is like it: the path as it was sent, since a key may hold {@code //} and {@code ..}. */
    AS_SENT {
        @Override
        String canonical(String path) {
            return path.isEmpty() ? "/" : path;
        }
    },

    /** All others: without empty, {@code .} and {@code ..} segments, and what was sent encoded once more. */
    NORMALISED {
        @Override
        String canonical(String path) {
            Deque<String> segments = new ArrayDeque<>();
            for (String segment : path.split("/", -1)) {
                switch (segment) {
                    case "", "." -> {}
                    case ".." -> segments.pollLast();
                    default -> segments.addLast(segment);
                }
            }
            if (segments.isEmpty()) {
                return "/";
            }
            StringBuilder out = new StringBuilder();
            for (Iterator<String> each = segments.iterator(); each.hasNext(); ) {
                out.append('/').append(Percent.encode(each.next()));
            }
            boolean folder = path.endsWith("/") || path.endsWith("/.") || path.endsWith("/..");
            return folder ? out.append('/').toString() : out.toString();
        }
    };

    abstract String canonical(String path);
}
