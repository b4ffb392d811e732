package hansa.federation.placement;

/** What an attribute of a candidate holds. */
public enum AttributeKind {
    /** Compared by size, and the only one that ranks can count with. A text that is a number is one too. */
    NUMBER("a number"),
    TEXT("a text"),
    /** Asked for what it contains, with {@code @>}. */
    LIST("a list");

    private final String phrase;

    AttributeKind(String phrase) {
        this.phrase = phrase;
    }

    String phrase() {
        return phrase;
    }
}
