package hansa.federation.sites;

import hansa.federation.placement.Position;
import java.time.Duration;
import java.util.Optional;

/**
 * How what is known of clouds is used.
 *
 * @param country of this site
 * @param position of this site
 * @param currency of all prices, three letters of ISO 4217
 * @param fullFor for how long a cloud counts as full that refused for lack of room
 * @param staleAfter from which age on figures are old
 * @param useStale whether clouds with old figures take new machines all the same
 * @param tries how many other clouds a machine is tried at, 0 to 20
 */
public record InventorySettings(
        Optional<String> country,
        Optional<Position> position,
        String currency,
        Duration fullFor,
        Duration staleAfter,
        boolean useStale,
        int tries) {

    public static final InventorySettings DEFAULT = new InventorySettings(
            Optional.empty(), Optional.empty(), "EUR", Duration.ofSeconds(60), Duration.ofMinutes(10), true, 3);

    public InventorySettings {
        if (tries < 0 || tries > 20) {
            throw new IllegalArgumentException("0 to 20 other clouds are tried, not " + tries);
        }
        if (fullFor.isNegative() || !staleAfter.isPositive()) {
            throw new IllegalArgumentException("figures get old after some time, and clouds are full for some");
        }
    }
}
