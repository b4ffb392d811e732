package hansa.federation.placement;

import java.util.OptionalLong;

/**
 * A candidate that would do, and how good it is: first by priority, then by rank, then by policy, then by name.
 *
 * @param policy more is better; negative infinity where the cloud does not tell what the policy asks
 * @param price of one machine for an hour, in millionths of the federation's currency
 */
public record Scored(
        String site, String cloud, String flavour, int priority, double rank, double policy, OptionalLong price) {}
