package hansa.protocols.occi;

/** What a client sent, made fit to stand in a one-line message: short, and without control characters. */
final class Printable {
    private static final int LONGEST = 80;

    private Printable() {}

    static String of(String text) {
        int end = Math.min(text.length(), LONGEST);
        StringBuilder out = new StringBuilder(end + 1);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            out.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return end < text.length() ? out.append('…').toString() : out.toString();
    }
}
