package hansa.federation.placement;

/** Reads ranks in one pass, with the usual precedence. */
final class RankParser {

    private final Tokens tokens;
    private final Layout layout;
    private final Grammar grammar;

    RankParser(String text, Layout layout) {
        this.tokens = new Tokens("rank", text);
        this.layout = layout;
        this.grammar = new Grammar(tokens, layout);
    }

    Term parse() {
        if (tokens.peek().kind() == Token.Kind.END) {
            return new Term.Constant(0);
        }
        Term whole = sum();
        Token rest = tokens.peek();
        if (rest.kind() != Token.Kind.END) {
            throw tokens.wrong(rest.at(), "one of + - * / or the end is expected, not " + rest.shown() + ".");
        }
        return whole;
    }

    private Term sum() {
        Term left = product();
        while (tokens.peek().is("+") || tokens.peek().is("-")) {
            Term.Sign sign = tokens.take().is("+") ? Term.Sign.PLUS : Term.Sign.MINUS;
            left = new Term.Two(left, sign, product());
        }
        return left;
    }

    private Term product() {
        Term left = single();
        while (tokens.peek().is("*") || tokens.peek().is("/")) {
            Term.Sign sign = tokens.take().is("*") ? Term.Sign.TIMES : Term.Sign.OVER;
            left = new Term.Two(left, sign, single());
        }
        return left;
    }

    private Term single() {
        Token first = tokens.take();
        if (first.is("-")) {
            grammar.enter(first.at());
            Term part = single();
            grammar.leave();
            return new Term.Minus(part);
        }
        if (first.is("(")) {
            grammar.enter(first.at());
            Term part = sum();
            grammar.close(first.at());
            grammar.leave();
            return part;
        }
        grammar.leaf(first.at());
        return switch (first.kind()) {
            case NUMBER -> new Term.Constant(grammar.number(first));
            case NAME -> attribute(first);
            case TEXT, SIGN, END ->
                throw tokens.wrong(first.at(), "an attribute or a number is expected, not " + first.shown() + ".");
        };
    }

    private Term attribute(Token name) {
        int place = grammar.place(name);
        if (layout.kind(place) == AttributeKind.LIST) {
            throw tokens.wrong(name.at(), layout.name(place) + " is a list; a rank counts with numbers.");
        }
        return new Term.Attribute(place);
    }
}
