package hansa.federation.placement;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A flavour at one cloud.
 *
 * @param name as the federation knows it
 * @param price of one machine for an hour, in millionths of the federation's currency; empty = not known
 * @param cap how many more of it may be started, as a public cloud is capped per instance type; empty = no cap
 */
public record FlavourOffer(String name, long cores, long memoryMib, long diskGib, OptionalLong price, OptionalInt cap) {

    public FlavourOffer {
        if (cores < 1 || memoryMib < 1 || diskGib < 0 || price.orElse(0) < 0 || cap.orElse(0) < 0) {
            throw new IllegalArgumentException("the flavour '" + name + "' has an impossible size, price or cap");
        }
    }
}
