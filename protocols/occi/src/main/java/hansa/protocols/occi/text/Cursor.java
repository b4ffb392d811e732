package hansa.protocols.occi.text;

import hansa.protocols.occi.AttributeDefinition;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.Limits;
import hansa.protocols.occi.OcciSyntaxException;
import java.math.BigDecimal;

/** A place in a text that only moves forward, and the lexical elements of the text renderings. */
final class Cursor {
    private final Limits limits;
    private String text = "";
    private int start;
    private int at;
    private int end;
    private long steps;

    Cursor(Limits limits) {
        this.limits = limits;
    }

    /** Turns to a stretch of a text, which may hold folded lines. */
    void point(String whole, int from, int to) {
        steps += at - start;
        text = whole;
        start = from;
        at = from;
        end = to;
    }

    long steps() {
        return steps + at - start;
    }

    OcciSyntaxException fault(String message) {
        int line = 1;
        int lineStart = 0;
        for (int i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) {
            line++;
            lineStart = i + 1;
        }
        return new OcciSyntaxException(message, line, Math.min(at, end) - lineStart + 1);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private void skipBlanks() {
        while (at < end && isBlank(text.charAt(at))) {
            at++;
        }
    }

    /** Moves to the next value of a list; false at the end. */
    boolean skipListSeparators() {
        while (at < end) {
            char c = text.charAt(at);
            if (!isBlank(c) && c != ',') {
                return true;
            }
            at++;
        }
        return false;
    }

    /** Moves to the next parameter of this value; false where the value ends. */
    boolean skipParameterSeparators() {
        while (at < end) {
            char c = text.charAt(at);
            if (c == ',') {
                at++;
                return false;
            }
            if (!isBlank(c) && c != ';') {
                return true;
            }
            at++;
        }
        return false;
    }

    /** A word up to the next blank, separator or quote; may be empty. */
    String word(Names names) throws OcciSyntaxException {
        int from = at;
        while (at < end && !endsWord(text.charAt(at))) {
            at++;
        }
        if (at - from > limits.nameLength()) {
            throw fault("A name is longer than " + limits.nameLength() + " characters");
        }
        return names.of(text, from, at);
    }

    private static boolean endsWord(char c) {
        return switch (c) {
            case ' ', '\t', '\r', '\n', ';', ',', '=', '"', '<', '>' -> true;
            default -> false;
        };
    }

    /** The name before an equals sign; afterwards the cursor stands on the value. */
    String parameterName(Names names) throws OcciSyntaxException {
        // The 1.1 specification itself has an example with the quote before the name: "class=kind".
        if (text.charAt(at) == '"') {
            at++;
        }
        String name = word(names);
        skipBlanks();
        if (name.isEmpty() || at >= end || text.charAt(at) != '=') {
            throw fault(
                    name.isEmpty()
                            ? "Here a name and '=' should stand, like scheme=\"…\""
                            : "After \"" + name + "\" there should be '=' and a value");
        }
        at++;
        skipBlanks();
        return name;
    }

    String attributeName(String name) throws OcciSyntaxException {
        if (!AttributeDefinition.isName(name)) {
            throw fault("The name of an attribute is made of letters, digits, '-', '_' and '.'");
        }
        return name;
    }

    /** The value of a parameter, quoted or not. */
    String parameterWord(Names names) throws OcciSyntaxException {
        if (at < end && text.charAt(at) == '"') {
            return quoted(names);
        }
        int from = at;
        while (at < end && !endsParameter(text.charAt(at))) {
            at++;
        }
        int to = at;
        if (at < end && text.charAt(at) == '"') {
            at++;
        }
        return bounded(names.of(text, from, to));
    }

    private static boolean endsParameter(char c) {
        return c == ';' || c == ',' || c == '"' || isBlank(c);
    }

    /** The value of an attribute within a link, where a semicolon ends it. */
    AttributeValue parameterValue() throws OcciSyntaxException {
        if (at < end && text.charAt(at) == '"') {
            return AttributeValue.of(quoted(Names.STANDARD));
        }
        return bare(parameterWord(Names.STANDARD));
    }

    /** The value of an attribute on a line of its own, where only a comma ends what is not quoted. */
    AttributeValue attributeValue() throws OcciSyntaxException {
        if (at < end && text.charAt(at) == '"') {
            AttributeValue value = AttributeValue.of(quoted(Names.STANDARD));
            while (at < end && (isBlank(text.charAt(at)) || text.charAt(at) == ';')) {
                at++;
            }
            if (at < end && text.charAt(at) != ',') {
                throw fault("After a value there should be ',' or the end of the line; a quote within a value is \\\"");
            }
            return value;
        }
        int from = at;
        while (at < end && text.charAt(at) != ',' && text.charAt(at) != '"') {
            at++;
        }
        int to = at;
        while (to > from && (isBlank(text.charAt(to - 1)) || text.charAt(to - 1) == ';')) {
            to--;
        }
        if (to == from || (at < end && text.charAt(at) == '"')) {
            throw fault("The value should be a number, true, false or text in double quotes");
        }
        return bare(bounded(text.substring(from, to)));
    }

    private AttributeValue bare(String word) throws OcciSyntaxException {
        if (word.isEmpty()) {
            throw fault("A value is missing after '='");
        }
        return switch (word) {
            case "true" -> AttributeValue.of(true);
            case "false" -> AttributeValue.of(false);
            default -> isNumber(word) ? number(word) : AttributeValue.of(word);
        };
    }

    private static boolean isNumber(String word) {
        int digits = 0;
        int points = 0;
        for (int i = word.charAt(0) == '-' ? 1 : 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.' && points == 0) {
                points++;
            } else {
                return false;
            }
        }
        return digits > 0 && digits <= AttributeValue.Numeric.MOST_DIGITS;
    }

    private static AttributeValue number(String word) {
        if (word.length() <= 18 && word.indexOf('.') < 0) {
            return AttributeValue.of(Long.parseLong(word));
        }
        return AttributeValue.of(new BigDecimal(word));
    }

    /** A quoted-string. Only quotes and backslashes are taken as escaped, so that C:\temp stays what it is. */
    private String quoted(Names names) throws OcciSyntaxException {
        int from = ++at;
        while (at < end) {
            char c = text.charAt(at);
            if (c == '"') {
                return bounded(names.of(text, from, at++));
            }
            if (c == '\\' || c == '\n') {
                return unescaped(from);
            }
            at++;
        }
        throw fault("A quote is opened and not closed on its line");
    }

    private String unescaped(int from) throws OcciSyntaxException {
        StringBuilder out = new StringBuilder(at - from + 32).append(text, from, at);
        while (at < end) {
            char c = text.charAt(at++);
            if (c == '"') {
                return bounded(out.toString());
            }
            if (c == '\\' && at < end && (text.charAt(at) == '"' || text.charAt(at) == '\\')) {
                out.append(text.charAt(at++));
            } else if (c == '\n') {
                unfold(out);
            } else {
                out.append(c);
            }
        }
        throw fault("A quote is opened and not closed on its line");
    }

    private void unfold(StringBuilder out) {
        skipBlanks();
        if (!out.isEmpty() && out.charAt(out.length() - 1) == '\r') {
            out.setLength(out.length() - 1);
        }
        out.append(' ');
    }

    private String bounded(String value) throws OcciSyntaxException {
        if (value.length() > limits.valueLength()) {
            throw fault("A value is longer than " + limits.valueLength() + " characters");
        }
        return value;
    }

    /** A URI reference between angle brackets. */
    String angled() throws OcciSyntaxException {
        if (text.charAt(at) != '<') {
            throw fault("A link begins with its target, like </network/public>");
        }
        int from = ++at;
        while (at < end && text.charAt(at) > ' ' && text.charAt(at) != '>' && text.charAt(at) != '<') {
            at++;
        }
        if (at == from || at >= end || text.charAt(at) != '>') {
            throw fault("The target of a link is a URL between '<' and '>', without blanks");
        }
        return bounded(text.substring(from, at++));
    }

    /** A URI reference up to the next blank or comma. */
    String reference() throws OcciSyntaxException {
        int from = at;
        while (at < end && !isBlank(text.charAt(at)) && text.charAt(at) != ',') {
            at++;
        }
        return bounded(text.substring(from, at));
    }
}
