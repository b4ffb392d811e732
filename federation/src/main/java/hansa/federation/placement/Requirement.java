package hansa.federation.placement;

import java.util.function.IntPredicate;

/** What a candidate must be, compiled for one {@link Layout}. Immutable. */
public final class Requirement {

    private final String text;
    private final Condition condition;

    private Requirement(String text, Condition condition) {
        this.text = text;
        this.condition = condition;
    }

    /**
     * Compiles an expression such as {@code CLOUD = "alpha*" & FREE_CPU > 4 & !(COUNTRY = "US")}; an empty one holds always.
     *
     * @throws hansa.kernel.base.Failure {@code attribute.invalid} with the position, where it is no expression, names an attribute
     *     that the layout lacks, or is longer than 4,096 characters, deeper than 32 parentheses or more than 256 comparisons
     */
    public static Requirement compile(String text, Layout layout) {
        return new Requirement(text, new RequirementParser(text, layout).parse());
    }

    public boolean holds(Attributes candidate) {
        return condition.holds(candidate);
    }

    /** What of it reads one of these places, or reads none of them; it holds where both hold. */
    Requirement part(IntPredicate places, boolean reading) {
        return new Requirement(text, condition.part(places, reading));
    }

    @Override
    public String toString() {
        return text;
    }
}
