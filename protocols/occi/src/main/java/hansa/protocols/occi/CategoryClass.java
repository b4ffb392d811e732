package hansa.protocols.occi;

import java.util.Locale;
import java.util.Optional;

/** What a category is: the {@code class} parameter of the text renderings (GFD.229, Category ABNF). */
public enum CategoryClass {
    KIND("kind"),
    MIXIN("mixin"),
    ACTION("action");

    private final String token;

    CategoryClass(String token) {
        this.token = token;
    }

    /** The word on the wire, in lower case. */
    public String token() {
        return token;
    }

    /** Reads the word, whatever its case; empty when it is none of the three. */
    public static Optional<CategoryClass> of(String token) {
        return switch (token.toLowerCase(Locale.ROOT)) {
            case "kind" -> Optional.of(KIND);
            case "mixin" -> Optional.of(MIXIN);
            case "action" -> Optional.of(ACTION);
            default -> Optional.empty();
        };
    }
}
