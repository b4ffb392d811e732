package hansa.federation.placement;

/**
 * A pattern as shells and OpenNebula have them: {@code *} any characters, {@code ?} one, {@code [a-z]} one of these, {@code [!a-z]}
 * one of the others, a backslash takes the next character as it is. An unclosed bracket means itself. The time is bounded by the
 * product of the lengths of pattern and text.
 */
record Glob(String pattern) {

    boolean matches(String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && one(p, text.charAt(t))) {
                p = after(p);
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private boolean one(int p, char c) {
        char sign = pattern.charAt(p);
        if (sign == '?') {
            return true;
        }
        if (sign == '\\' && p + 1 < pattern.length()) {
            return pattern.charAt(p + 1) == c;
        }
        int end = bracketEnd(p);
        return end < 0 ? sign == c : among(p + 1, end, c);
    }

    private int after(int p) {
        if (pattern.charAt(p) == '\\' && p + 1 < pattern.length()) {
            return p + 2;
        }
        int end = bracketEnd(p);
        return end < 0 ? p + 1 : end + 1;
    }

    /** Negative when no bracket begins there. */
    private int bracketEnd(int p) {
        if (pattern.charAt(p) != '[') {
            return -1;
        }
        boolean negated = p + 1 < pattern.length() && pattern.charAt(p + 1) == '!';
        return pattern.indexOf(']', p + (negated ? 3 : 2));
    }

    private boolean among(int start, int end, char c) {
        boolean negated = pattern.charAt(start) == '!';
        int at = negated ? start + 1 : start;
        boolean found = false;
        while (at < end) {
            boolean range = at + 2 < end && pattern.charAt(at + 1) == '-';
            char high = range ? pattern.charAt(at + 2) : pattern.charAt(at);
            found |= c >= pattern.charAt(at) && c <= high;
            at += range ? 3 : 1;
        }
        return found != negated;
    }
}
