package hansa.federation.placement;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;

/** Reads an expression word by word, each character once. */
final class Tokens {

    static final int LONGEST = 4096;
    static final int LONGEST_TEXT = 256;

    private final String what;
    private final String expression;
    private int next;
    private Token current;

    /** @param what is read, for error texts */
    Tokens(String what, String expression) {
        this.what = what;
        this.expression = expression;
        if (expression.length() > LONGEST) {
            throw new Failure(
                    ErrorCode.ATTRIBUTE_INVALID,
                    "The " + what + " has " + expression.length() + " characters; " + LONGEST + " are allowed.");
        }
        current = read();
    }

    /** The word to be taken next. */
    Token peek() {
        return current;
    }

    Token take() {
        Token taken = current;
        current = read();
        return taken;
    }

    boolean takeIf(String sign) {
        boolean there = current.is(sign);
        if (there) {
            take();
        }
        return there;
    }

    Failure wrong(int at, String text) {
        return new Failure(ErrorCode.ATTRIBUTE_INVALID, "The " + what + " is wrong at character " + at + ": " + text);
    }

    private Token read() {
        while (next < expression.length() && Character.isWhitespace(expression.charAt(next))) {
            next++;
        }
        int start = next;
        if (start == expression.length()) {
            return new Token(Token.Kind.END, "", start + 1);
        }
        char first = expression.charAt(start);
        if (first == '"') {
            return text(start);
        }
        if (letter(first)) {
            return word(start, Token.Kind.NAME);
        }
        if (digit(first) || first == '.') {
            return word(start, Token.Kind.NUMBER);
        }
        return sign(start);
    }

    private Token word(int start, Token.Kind kind) {
        while (next < expression.length() && inside(expression.charAt(next))) {
            next++;
        }
        return new Token(kind, expression.substring(start, next), start + 1);
    }

    private static boolean inside(char c) {
        return letter(c) || digit(c) || c == '.';
    }

    private static boolean letter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private Token text(int start) {
        StringBuilder text = new StringBuilder();
        next++;
        while (next < expression.length() && expression.charAt(next) != '"') {
            // a backslash stays before what a pattern would read as a sign of its own
            if (expression.charAt(next) == '\\' && next + 1 < expression.length()) {
                next++;
                if (expression.charAt(next) != '"') {
                    text.append('\\');
                }
            }
            text.append(expression.charAt(next));
            next++;
        }
        if (next >= expression.length()) {
            throw wrong(start + 1, "the text that begins here does not end; close it with '\"'.");
        }
        next++;
        if (text.length() > LONGEST_TEXT) {
            throw wrong(start + 1, "the text is longer than " + LONGEST_TEXT + " characters.");
        }
        return new Token(Token.Kind.TEXT, text.toString(), start + 1);
    }

    private Token sign(int start) {
        for (String two : new String[] {"@>", ">=", "<=", "!="}) {
            if (expression.startsWith(two, start)) {
                next += 2;
                return new Token(Token.Kind.SIGN, two, start + 1);
            }
        }
        if ("=<>&|!()+-*/".indexOf(expression.charAt(start)) < 0) {
            throw wrong(start + 1, "'" + shown(expression.codePointAt(start)) + "' means nothing here.");
        }
        next++;
        return new Token(Token.Kind.SIGN, expression.substring(start, next), start + 1);
    }

    private static String shown(int character) {
        return Character.isISOControl(character)
                ? "U+" + Integer.toHexString(character)
                : Character.toString(character);
    }
}
