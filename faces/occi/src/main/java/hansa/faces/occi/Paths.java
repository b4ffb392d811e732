package hansa.faces.occi;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** URL references that clients send, and the paths below the mount that they mean. */
final class Paths {

    private Paths() {}

    /**
     * Takes scheme, authority, query and mount off a reference. The authority is not looked at: behind a proxy the server
     * does not know its own names, and nothing but this server's own resources is ever found.
     */
    static String local(String reference, String mount) {
        String path = withoutQuery(withoutAuthority(reference.strip()));
        if (!mount.isEmpty() && path.startsWith(mount) && path.startsWith("/", mount.length())) {
            path = path.substring(mount.length());
        }
        return path.startsWith("/") ? path : "/" + path;
    }

    private static String withoutAuthority(String reference) {
        int authority = reference.indexOf("://");
        if (authority < 0) {
            return reference;
        }
        int path = reference.indexOf('/', authority + 3);
        return path < 0 ? "/" : reference.substring(path);
    }

    private static String withoutQuery(String reference) {
        for (int i = 0; i < reference.length(); i++) {
            if (reference.charAt(i) == '?' || reference.charAt(i) == '#') {
                return reference.substring(0, i);
            }
        }
        return reference;
    }

    /** The last segment of a path; empty if it ends with a slash. */
    static String lastSegment(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The path up to its last slash, which is kept. */
    static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /** The last segment of a reference, decoded: an id, or a name with blanks. */
    static String reference(String path) {
        String segment = lastSegment(path);
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    ErrorCode.REQUEST_MALFORMED,
                    "The reference " + Words.shown(path) + " has a percent sign that escapes nothing; write it as %25.",
                    e);
        }
    }

    private static final String URN = "urn:uuid:";

    /** The id that an {@code occi.core.id} means, which some clients write as a URN or as the entity's URL. */
    static String id(String written) {
        String text = written.strip();
        if (text.regionMatches(true, 0, URN, 0, URN.length())) {
            return text.substring(URN.length());
        }
        return text.contains("/") ? lastSegment(withoutQuery(text)) : text;
    }
}
