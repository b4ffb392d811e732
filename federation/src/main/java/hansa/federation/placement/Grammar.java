package hansa.federation.placement;

import hansa.kernel.base.Failure;
import hansa.kernel.base.Nearest;
import java.util.Locale;

/** What the two languages have in common: names, numbers and bounds. */
final class Grammar {

    static final int DEEPEST = 32;
    static final int MOST_LEAVES = 256;

    private final Tokens tokens;
    private final Layout layout;
    private int depth;
    private int leaves;

    Grammar(Tokens tokens, Layout layout) {
        this.tokens = tokens;
        this.layout = layout;
    }

    void enter(int at) {
        depth++;
        if (depth > DEEPEST) {
            throw tokens.wrong(at, "it is nested more than " + DEEPEST + " deep.");
        }
    }

    void leave() {
        depth--;
    }

    void leaf(int at) {
        leaves++;
        if (leaves > MOST_LEAVES) {
            throw tokens.wrong(at, "it has more than " + MOST_LEAVES + " parts.");
        }
    }

    int place(Token name) {
        return layout.place(name.text()).orElseThrow(() -> unknown(name));
    }

    private Failure unknown(Token name) {
        // a longer word is no slip of the hand, and looking for its neighbour would cost its square
        String advice = name.text().length() > 64
                ? "."
                : Nearest.to(name.text().toUpperCase(Locale.ROOT), layout.names())
                        .map(near -> "; did you mean " + near + "?")
                        .orElse(".");
        String shown = name.text().length() > 64 ? name.text().substring(0, 64) + "..." : name.text();
        return tokens.wrong(name.at(), "no cloud has an attribute '" + shown + "'" + advice);
    }

    double number(Token token) {
        try {
            double value = Double.parseDouble(token.text());
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw tokens.wrong(token.at(), token.shown() + " is no number.");
        }
        throw tokens.wrong(token.at(), token.shown() + " is too large.");
    }

    void close(int opened) {
        if (!tokens.takeIf(")")) {
            throw tokens.wrong(
                    tokens.peek().at(),
                    "')' is expected for the '(' at character " + opened + ", not "
                            + tokens.peek().shown() + ".");
        }
    }
}
