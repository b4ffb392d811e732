package hansa.drivers.occi;

import hansa.cloud.CloudException;
import hansa.cloud.Token;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.CategoryReference;
import hansa.protocols.occi.CoreAttributes;
import hansa.protocols.occi.OcciMessage;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What we leave on a service's things to know them again, see {@link Dialect.Mark}. */
final class Marks {

    private static final int LONGEST_ID = 64;
    private static final String ID = "fed.";
    private static final String SUMMARY = "hansa-token:";
    private static final String TAGS = "urn:hansa:federation:token#";
    private static final Pattern TITLE = Pattern.compile("(.*) \\[hansa:([a-z0-9-]{1,64})\\]", Pattern.DOTALL);

    private final Dialect.Mark mark;
    private final int longestTitle;

    Marks(Dialect dialect) {
        this.mark = dialect.mark();
        this.longestTitle = dialect.longestTitle();
    }

    /** The id that a token stands for, where that is how it is left. */
    Optional<String> id(Token token) {
        return mark == Dialect.Mark.ID ? Optional.of(idOf(token)) : Optional.empty();
    }

    private static String idOf(Token token) {
        String id = ID + token;
        if (id.length() > LONGEST_ID) {
            throw new CloudException.InvalidRequest(
                    "the token '" + token + "' is too long for the id of a thing at another Hansa");
        }
        return id;
    }

    /** Marks what is to be made, and names it. */
    Message mark(Message message, Token token, String name) {
        return switch (mark) {
            case ID -> message.attribute(CoreAttributes.ID, idOf(token)).attribute(CoreAttributes.TITLE, cut(name, ""));
            case SUMMARY ->
                message.attribute(CoreAttributes.SUMMARY, summary(token))
                        .attribute(CoreAttributes.TITLE, cut(name, ""));
            case TITLE -> message.attribute(CoreAttributes.TITLE, cut(name, " [hansa:" + token + "]"));
        };
    }

    String summary(Token token) {
        return SUMMARY + token;
    }

    private String cut(String name, String mark) {
        int most = Math.max(0, longestTitle - mark.length());
        return (name.length() <= most ? name : name.substring(0, most)) + mark;
    }

    Optional<Token> tokenOf(String id, OcciMessage entity) {
        return switch (mark) {
            case ID -> id.startsWith(ID) ? token(id.substring(ID.length())) : tagged(entity);
            case SUMMARY ->
                entity.text(CoreAttributes.SUMMARY)
                        .filter(text -> text.startsWith(SUMMARY))
                        .flatMap(text -> token(text.substring(SUMMARY.length())));
            case TITLE ->
                entity.text(CoreAttributes.TITLE)
                        .map(TITLE::matcher)
                        .filter(Matcher::matches)
                        .flatMap(found -> token(found.group(2)));
        };
    }

    private static Optional<Token> tagged(OcciMessage entity) {
        return entity.categories().stream()
                .map(CategoryReference::id)
                .filter(category -> category.scheme().equals(TAGS))
                .findFirst()
                .flatMap(category -> token(category.term()));
    }

    /** The mixin that an adopted thing carries, where the service lets its users define some. */
    Optional<CategoryId> tag(Token token) {
        return mark == Dialect.Mark.ID ? Optional.of(new CategoryId(TAGS, token.value())) : Optional.empty();
    }

    /** Where the collection of that mixin is, below the root of the service. */
    static String tagLocation(Token token) {
        return "/fed/" + token + "/";
    }

    /** The name for people. */
    String nameOf(String id, OcciMessage entity) {
        String title = entity.text(CoreAttributes.TITLE)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .orElse(id);
        Matcher marked = TITLE.matcher(title);
        return mark == Dialect.Mark.TITLE && marked.matches() ? marked.group(1) : title;
    }

    private static Optional<Token> token(String text) {
        return text.matches("[a-z0-9-]{1,64}") ? Optional.of(new Token(text)) : Optional.empty();
    }
}
