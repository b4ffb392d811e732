package hansa.federation.placement;

/** How good a candidate is, more being better, compiled for one {@link Layout}. Immutable. */
public final class Rank {

    private final String text;
    private final Term term;

    private Rank(String text, Term term) {
        this.text = text;
        this.term = term;
    }

    /**
     * Compiles an expression such as {@code FREE_CPU * 2 - PRICE}; an empty one is 0.
     *
     * @throws hansa.kernel.base.Failure {@code attribute.invalid} with the position, where it is no expression, names an attribute
     *     that the layout lacks or that is no number, or is longer than 4,096 characters, deeper than 32 or has more than 256 values
     */
    public static Rank compile(String text, Layout layout) {
        return new Rank(text, new RankParser(text, layout).parse());
    }

    /** Always finite. */
    public double of(Attributes candidate) {
        return term.of(candidate);
    }

    @Override
    public String toString() {
        return text;
    }
}
