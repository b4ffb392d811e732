package hansa.faces.occi;

/** What a client sent, made fit to stand in a one-line message. */
final class Words {

    private static final int LONGEST = 80;

    private Words() {}

    static String shown(String text) {
        StringBuilder out = new StringBuilder();
        int end = Math.min(text.length(), LONGEST);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            out.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return end < text.length() ? out.append('…').toString() : out.toString();
    }
}
