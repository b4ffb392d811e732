package hansa.federation.sites;

import java.time.Duration;

/**
 * How a site looks after its clouds.
 *
 * @param describeEvery how often each cloud is asked what it offers
 * @param observeEvery how often each cloud is asked how everything there is
 * @param callsPerCloud most calls to one cloud at a time, 1 to 1,000
 * @param circuit when a cloud that does not answer is left alone
 */
public record SiteSettings(
        SiteName name,
        String title,
        Duration describeEvery,
        Duration observeEvery,
        int callsPerCloud,
        CircuitSettings circuit,
        InventorySettings inventory) {

    public static final SiteSettings DEFAULT =
            new SiteSettings(new SiteName("local"), "This site", Duration.ofSeconds(60), Duration.ofSeconds(10), 32);

    public SiteSettings {
        if (callsPerCloud < 1 || callsPerCloud > 1000) {
            throw new IllegalArgumentException("1 to 1000 calls to a cloud at a time, not " + callsPerCloud);
        }
        if (!describeEvery.isPositive() || !observeEvery.isPositive()) {
            throw new IllegalArgumentException("clouds are looked at in intervals longer than nothing");
        }
    }

    /** Clouds that do not answer are left alone as usual, and what is known of clouds is used as usual. */
    public SiteSettings(SiteName name, String title, Duration describeEvery, Duration observeEvery, int callsPerCloud) {
        this(
                name,
                title,
                describeEvery,
                observeEvery,
                callsPerCloud,
                CircuitSettings.DEFAULT,
                InventorySettings.DEFAULT);
    }
}
