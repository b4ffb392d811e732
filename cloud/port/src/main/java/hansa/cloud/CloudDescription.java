package hansa.cloud;

import java.util.List;
import java.util.Optional;

/**
 * What a cloud offers, at the time of asking.
 *
 * @param freeForm whether any {@link Size} can be ordered, not only the flavours
 */
public record CloudDescription(
        List<Flavour> flavours,
        List<RemoteImage> images,
        List<RemoteNetwork> networks,
        Limits limits,
        boolean freeForm) {

    public CloudDescription {
        flavours = List.copyOf(flavours);
        images = List.copyOf(images);
        networks = List.copyOf(networks);
    }

    /**
     * A size with a name.
     *
     * @param pricePerHour in the cloud's currency, where it publishes prices
     */
    public record Flavour(RemoteId id, String name, Size size, Optional<Price> pricePerHour) {}

    /**
     * @param amount decimal text, for example {@code 0.0125}
     * @param currency ISO 4217
     */
    public record Price(String amount, String currency) {}

    /**
     * Totals for our account at the cloud; empty = not limited or not told.
     *
     * @param machines number of machines
     * @param cores virtual processors
     * @param memoryMib MiB
     */
    public record Limits(Optional<Long> machines, Optional<Long> cores, Optional<Long> memoryMib) {

        public static final Limits NONE = new Limits(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
