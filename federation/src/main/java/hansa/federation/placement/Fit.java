package hansa.federation.placement;

import java.util.Comparator;

/**
 * A candidate that does.
 *
 * @param flavour its place among the flavours of the cloud
 * @param policy more is better
 * @param price of an hour; the largest number where not known
 */
record Fit(int cloud, int flavour, int priority, double rank, double policy, long price) implements Verdict {

    /** Own clouds before public ones, then as the rank says, then as the policy says, then by name. */
    static final Comparator<Fit> BEST_FIRST = Comparator.comparingInt(Fit::priority)
            .thenComparingDouble(Fit::rank)
            .thenComparingDouble(Fit::policy)
            .reversed()
            .thenComparingInt(Fit::cloud);

    static final Comparator<Fit> CHEAPEST_FIRST =
            Comparator.comparingLong(Fit::price).thenComparing(BEST_FIRST);
}
