package hansa.federation.placement;

/** What a look at one cloud gives. */
sealed interface Verdict permits Exclusion, Fit {}
