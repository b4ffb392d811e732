package hansa.federation.placement;

/**
 * One word of an expression.
 *
 * @param text of a quoted text what it means, of the others what stands there
 * @param at the position of its first character, from 1
 */
record Token(Kind kind, String text, int at) {

    enum Kind {
        NAME,
        NUMBER,
        TEXT,
        SIGN,
        END
    }

    boolean is(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    /** As error texts call it. */
    String shown() {
        return switch (kind) {
            case NAME, NUMBER, SIGN -> "'" + text + "'";
            case TEXT -> "\"" + text + "\"";
            case END -> "the end";
        };
    }
}
