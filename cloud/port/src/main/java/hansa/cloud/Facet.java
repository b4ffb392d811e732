package hansa.cloud;

/**
 * Something that not every cloud can do. Asked for by {@link Cloud#facet}; a missing facet is an answer, not an error.
 *
 * <p>Like {@link Cloud}: blocking, safe for many threads, {@link CloudException} for every refusal.
 */
public sealed interface Facet
        permits Volumes,
                VolumeCopies,
                Networks,
                Snapshots,
                ImageStore,
                Console,
                Resizing,
                Accounts,
                Adoption,
                UsageHistory,
                HostAffinity {}
