package hansa.federation.placement;

/** No more than so many machines of a set at one cloud or site. */
public record Spread(Scope scope, int atMost) {

    public Spread {
        if (atMost < 1) {
            throw new IllegalArgumentException("a spread of less than one machine has no place for any");
        }
    }
}
