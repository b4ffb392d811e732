package hansa.federation.placement;

/**
 * No more than so many machines of a set at one cloud or site.
 *
 * @param scope never {@code HOST}
 */
public record Spread(Scope scope, int atMost) {

    public Spread {
        if (scope == Scope.HOST) {
            throw new IllegalArgumentException(
                    "machines are spread over clouds or sites; hosts are the clouds' own choice");
        }
        if (atMost < 1) {
            throw new IllegalArgumentException("a spread of less than one machine has no place for any");
        }
    }
}
