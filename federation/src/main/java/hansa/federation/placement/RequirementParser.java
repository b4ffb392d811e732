package hansa.federation.placement;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads requirements in one pass.
 *
 * <p>OpenNebula gives {@code &} and {@code |} the same rank and reads from the left, most languages do not; a mixture without
 * parentheses is refused, so that nobody gets what somebody else meant.
 */
final class RequirementParser {

    private final Tokens tokens;
    private final Layout layout;
    private final Grammar grammar;

    RequirementParser(String text, Layout layout) {
        this.tokens = new Tokens("requirement", text);
        this.layout = layout;
        this.grammar = new Grammar(tokens, layout);
    }

    Condition parse() {
        if (tokens.peek().kind() == Token.Kind.END) {
            return new Condition.All(List.of());
        }
        Condition whole = joined();
        Token rest = tokens.peek();
        if (rest.kind() != Token.Kind.END) {
            throw tokens.wrong(rest.at(), "'&', '|' or the end is expected, not " + rest.shown() + ".");
        }
        return whole;
    }

    private Condition joined() {
        List<Condition> parts = new ArrayList<>();
        parts.add(single());
        String sign = tokens.peek().is("|") ? "|" : "&";
        while (tokens.takeIf(sign)) {
            parts.add(single());
        }
        if (tokens.peek().is("&") || tokens.peek().is("|")) {
            throw tokens.wrong(
                    tokens.peek().at(), "'&' and '|' are mixed; put the part that belongs together in parentheses.");
        }
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        return sign.equals("&") ? new Condition.All(List.copyOf(parts)) : new Condition.Any(List.copyOf(parts));
    }

    private Condition single() {
        Token first = tokens.take();
        if (first.is("!")) {
            grammar.enter(first.at());
            Condition part = single();
            grammar.leave();
            return new Condition.Not(part);
        }
        if (first.is("(")) {
            grammar.enter(first.at());
            Condition part = joined();
            grammar.close(first.at());
            grammar.leave();
            return part;
        }
        if (first.kind() != Token.Kind.NAME) {
            throw tokens.wrong(first.at(), "an attribute is expected, not " + first.shown() + ".");
        }
        grammar.leaf(first.at());
        return comparison(grammar.place(first));
    }

    private Condition comparison(int place) {
        Token sign = tokens.take();
        return switch (sign.kind() == Token.Kind.SIGN ? sign.text() : "") {
            case "=" -> compared(place, Condition.Sign.EQUAL);
            case "!=" -> compared(place, Condition.Sign.UNEQUAL);
            case ">" -> compared(place, Condition.Sign.MORE);
            case "<" -> compared(place, Condition.Sign.LESS);
            case ">=" -> compared(place, Condition.Sign.AT_LEAST);
            case "<=" -> compared(place, Condition.Sign.AT_MOST);
            case "@>" -> contains(place, sign);
            default ->
                throw tokens.wrong(
                        sign.at(),
                        "after " + layout.name(place) + " one of = != < > <= >= @> is expected, not " + sign.shown()
                                + ".");
        };
    }

    private Condition contains(int place, Token sign) {
        if (layout.kind(place) != AttributeKind.LIST) {
            throw tokens.wrong(
                    sign.at(),
                    layout.name(place) + " is " + layout.kind(place).phrase() + " and not a list; '@>' asks lists.");
        }
        Token member = tokens.take();
        if (member.kind() != Token.Kind.TEXT && member.kind() != Token.Kind.NUMBER) {
            throw tokens.wrong(member.at(), "a number or a text in quotes is expected, not " + member.shown() + ".");
        }
        return new Condition.Contains(place, new Glob(member.text()));
    }

    private Condition compared(int place, Condition.Sign sign) {
        Token value = tokens.take();
        if (layout.kind(place) == AttributeKind.LIST) {
            throw tokens.wrong(value.at(), layout.name(place) + " is a list; ask what it contains with '@>'.");
        }
        boolean negative = value.is("-");
        Token literal = negative ? tokens.take() : value;
        return switch (literal.kind()) {
            case NUMBER ->
                new Condition.OfNumber(place, sign, negative ? -grammar.number(literal) : grammar.number(literal));
            case TEXT -> negative ? misplaced(literal) : text(place, sign, literal);
            case NAME, SIGN, END -> misplaced(literal);
        };
    }

    private Condition misplaced(Token literal) {
        throw tokens.wrong(literal.at(), "a number or a text in quotes is expected, not " + literal.shown() + ".");
    }

    private Condition text(int place, Condition.Sign sign, Token literal) {
        if (layout.kind(place) == AttributeKind.NUMBER) {
            return new Condition.OfNumber(place, sign, grammar.number(literal));
        }
        if (sign != Condition.Sign.EQUAL && sign != Condition.Sign.UNEQUAL) {
            throw tokens.wrong(literal.at(), "texts are compared with = and != only.");
        }
        return new Condition.OfText(place, sign == Condition.Sign.EQUAL, new Glob(literal.text()));
    }
}
