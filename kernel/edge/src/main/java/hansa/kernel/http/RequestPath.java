package hansa.kernel.http;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.util.Arrays;
import java.util.List;

/**
 * A request's path, split at its slashes and then decoded, so that an encoded slash stays inside its segment. Paths that
 * a careless reader could take for another one are refused: empty segments, {@code .} and {@code ..} however encoded,
 * control characters.
 */
final class RequestPath {

    private final String raw;
    private final boolean encoded;
    private final List<String> segments;

    private RequestPath(String raw, boolean encoded, List<String> segments) {
        this.raw = raw;
        this.encoded = encoded;
        this.segments = segments;
    }

    /** @throws Failure {@code request.malformed} */
    static RequestPath parse(String raw) {
        if (raw.isEmpty() || raw.charAt(0) != '/') {
            throw refused("The path does not start with a slash.");
        }
        int slashes = 0;
        boolean encoded = false;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            slashes += c == '/' ? 1 : 0;
            encoded |= c == '%';
        }
        String[] segments = new String[slashes];
        int start = 1;
        for (int i = 0; i < slashes; i++) {
            int slash = raw.indexOf('/', start);
            int end = slash < 0 ? raw.length() : slash;
            segments[i] = checked(PercentText.segment(raw.substring(start, end)), i == slashes - 1);
            start = end + 1;
        }
        return new RequestPath(raw, encoded, Arrays.asList(segments));
    }

    private static String checked(String segment, boolean last) {
        if (segment.isEmpty() && !last) {
            throw refused("The path has two slashes in a row.");
        }
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c < ' ' || c == 0x7f) {
                throw refused("The path holds a control character.");
            }
        }
        if (segment.startsWith(".") || segment.indexOf('/') >= 0) {
            for (String part : segment.split("/", -1)) {
                if (part.equals(".") || part.equals("..")) {
                    throw refused("The path holds a \".\" or \"..\" segment; write it out.");
                }
            }
        }
        return segment;
    }

    private static Failure refused(String why) {
        return new Failure(ErrorCode.REQUEST_MALFORMED, why);
    }

    int length() {
        return segments.size();
    }

    String segment(int index) {
        return segments.get(index);
    }

    boolean startsWith(List<String> prefix) {
        if (prefix.size() > segments.size()) {
            return false;
        }
        for (int i = 0; i < prefix.size(); i++) {
            if (!prefix.get(i).equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The decoded path from a segment on, with a leading slash. */
    String from(int index) {
        if (!encoded && index == 0) {
            return raw;
        }
        return "/" + rest(index);
    }

    /** The decoded segments from one on, joined by slashes. */
    String rest(int index) {
        return index >= segments.size() ? "" : String.join("/", segments.subList(index, segments.size()));
    }
}
