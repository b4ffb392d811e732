package hansa.federation.vos;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.protocols.voms.Fqan;

/** What can be told of an input without looking at anything else. Every refusal is an {@code attribute.invalid}. */
final class Wording {

    private static final int LINE = 255;
    private static final int TEXT = 4096;
    private static final int NAME = 128;
    private static final int CALLER = 1024;

    private Wording() {}

    static Failure invalid(String text) {
        return new Failure(ErrorCode.ATTRIBUTE_INVALID, text);
    }

    static void organisation(String name) {
        if (name.length() > NAME || name.indexOf('/') >= 0) {
            throw invalid("A virtual organisation has a name of at most " + NAME + " characters, without slashes.");
        }
        fqan("/" + name);
    }

    static Fqan fqan(String text) {
        try {
            return Fqan.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Failure(ErrorCode.ATTRIBUTE_INVALID, e.getMessage() + ".", e);
        }
    }

    static void line(String what, String text) {
        check(what, text, LINE, false);
    }

    static void text(String what, String text) {
        check(what, text, TEXT, true);
    }

    static void caller(String id) {
        check("member's id", id, CALLER, false);
        if (id.isBlank()) {
            throw invalid("A member is named by the subject that 'hansa whoami' shows them.");
        }
    }

    private static void check(String what, String text, int longest, boolean lines) {
        if (text.length() > longest) {
            throw invalid("A " + what + " has at most " + longest + " characters, not " + text.length() + ".");
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) && !(lines && c == '\n'))) {
            throw invalid("A " + what + " has no control characters.");
        }
    }
}
