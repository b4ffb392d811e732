package hansa.drivers.opennebula;

import hansa.cloud.Token;
import hansa.protocols.opennebula.Element;
import java.util.Optional;

/**
 * What we leave on OpenNebula's things to know them again. Machines and interfaces carry their token in an attribute.
 * Images and networks carry it in their name, because OpenNebula lets one user have a name once only: so of two
 * creations with one token it refuses the second by itself.
 */
final class Marks {

    /** The attribute that holds a token. */
    static final String TOKEN = "HANSA_TOKEN";

    /** The attribute that holds the name for people, where OpenNebula's own cannot. */
    static final String NAME = "HANSA_NAME";

    /** What a token is replaced by when it is taken away: OpenNebula drops attributes without a value, and keeps what was there. */
    static final String NO_TOKEN = "NONE";

    static final int LONGEST_NAME = 128;

    private Marks() {}

    /** What a name says that a thing is. */
    enum Kind {
        VOLUME("hansa-volume-"),
        IMAGE("hansa-image-"),
        NETWORK("hansa-network-"),
        /** The rest is the name of the group and no token. */
        GROUP("hansa-group-");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        String name(Token token) {
            return name(token.value());
        }

        String name(String rest) {
            return prefix + rest;
        }

        boolean is(String name) {
            return name.startsWith(prefix);
        }

        Optional<Token> token(String name) {
            return name.startsWith(prefix) ? Marks.token(name.substring(prefix.length())) : Optional.empty();
        }
    }

    static Optional<Token> token(String text) {
        return text.matches("[a-z0-9-]{1,64}") ? Optional.of(new Token(text)) : Optional.empty();
    }

    static Optional<Token> tokenOf(Element attributes) {
        return attributes.text(TOKEN).flatMap(Marks::token);
    }

    static String nameOf(Element attributes, String otherwise) {
        return attributes
                .child(NAME)
                .map(Element::text)
                .filter(name -> !name.isBlank())
                .orElse(otherwise);
    }
}
