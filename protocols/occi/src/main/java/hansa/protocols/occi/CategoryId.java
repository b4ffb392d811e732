package hansa.protocols.occi;

import java.util.Optional;

/**
 * The identifier of a kind, mixin or action: scheme and term (GFD.221, Category).
 *
 * <p>Wider than the grammar on purpose: a term may hold any visible ASCII character that does not delimit something in a
 * rendering, because peers use more than the letters, digits, {@code - _ .} that the specification names.
 *
 * @param scheme a URI that ends in {@code #}
 * @param term one word, unique within the scheme
 */
public record CategoryId(String scheme, String term) {

    /** @throws IllegalArgumentException if the scheme or the term cannot stand in a rendering */
    public CategoryId {
        if (!isScheme(scheme)) {
            throw new IllegalArgumentException(
                    "The scheme \"" + Printable.of(scheme) + "\" must be a URI that ends in '#'");
        }
        if (!isTerm(term)) {
            throw new IllegalArgumentException("The term \"" + Printable.of(term)
                    + "\" must be letters, digits, '-', '_' and '.', with no blank in it");
        }
    }

    /**
     * Reads {@code scheme#term}.
     *
     * @throws IllegalArgumentException if the text is no type identifier
     */
    public static CategoryId parse(String identifier) {
        int hash = identifier.lastIndexOf('#');
        if (hash < 0) {
            throw new IllegalArgumentException("The type identifier \"" + Printable.of(identifier)
                    + "\" must be a scheme and a term joined by '#', like "
                    + "http://schemas.ogf.org/occi/infrastructure#compute");
        }
        return new CategoryId(identifier.substring(0, hash + 1), identifier.substring(hash + 1));
    }

    /** Reads {@code scheme#term}; empty when the text is no type identifier. */
    public static Optional<CategoryId> find(String identifier) {
        int hash = identifier.lastIndexOf('#');
        if (hash < 0) {
            return Optional.empty();
        }
        String scheme = identifier.substring(0, hash + 1);
        String term = identifier.substring(hash + 1);
        return isScheme(scheme) && isTerm(term) ? Optional.of(new CategoryId(scheme, term)) : Optional.empty();
    }

    private static boolean isScheme(String scheme) {
        int last = scheme.length() - 1;
        if (last < 1 || scheme.charAt(last) != '#') {
            return false;
        }
        for (int i = 0; i < last; i++) {
            char c = scheme.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '"' || c == '<' || c == '>' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static boolean isTerm(String term) {
        if (term.isEmpty()) {
            return false;
        }
        for (int i = 0; i < term.length(); i++) {
            char c = term.charAt(i);
            if (c <= ' ' || c >= 0x7f || (!isPlain(c) && delimits(c))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    }

    private static boolean delimits(char c) {
        return switch (c) {
            case '"', ';', ',', '<', '>', '=', '{', '}', '#', '\\', '?', '/' -> true;
            default -> false;
        };
    }

    /** The type identifier: scheme and term in one. */
    @Override
    public String toString() {
        return scheme + term;
    }
}
