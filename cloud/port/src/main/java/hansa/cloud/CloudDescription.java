package hansa.cloud;

import java.util.List;
import java.util.Optional;

/**
 * What a cloud offers, at the time of asking.
 *
 * @param freeForm whether any {@link Size} can be ordered, not only the flavours
 * @param used what our account has taken of {@code limits}, by whomever; empty members = not told
 * @param capacity how full the cloud is, where it tells
 */
public record CloudDescription(
        List<Flavour> flavours,
        List<RemoteImage> images,
        List<RemoteNetwork> networks,
        Limits limits,
        boolean freeForm,
        Limits used,
        Capacity capacity) {

    public CloudDescription {
        flavours = List.copyOf(flavours);
        images = List.copyOf(images);
        networks = List.copyOf(networks);
    }

    /** Of a cloud that does not tell how full it is. */
    public CloudDescription(
            List<Flavour> flavours,
            List<RemoteImage> images,
            List<RemoteNetwork> networks,
            Limits limits,
            boolean freeForm) {
        this(flavours, images, networks, limits, freeForm, Limits.NONE, Capacity.UNKNOWN);
    }

    /**
     * A size with a name.
     *
     * @param pricePerHour in the cloud's currency, where it publishes prices
     * @param cap most machines of it that Hansa may have at a time, 0 and more; the driver refuses what is beyond it with
     *     {@link CloudException.QuotaExceeded}. Empty = no cap
     */
    public record Flavour(RemoteId id, String name, Size size, Optional<Price> pricePerHour, Optional<Integer> cap) {

        /** Without a cap. */
        public Flavour(RemoteId id, String name, Size size, Optional<Price> pricePerHour) {
            this(id, name, size, pricePerHour, Optional.empty());
        }
    }

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

    /**
     * What the hosts of the cloud have, for everybody together and as the cloud allots it (with its overcommitment, where it
     * does that); empty = not told. Free room is a sum over hosts: that a machine fits into it does not promise a host for it.
     *
     * @param totalCores virtual processors
     * @param freeMemoryMib MiB
     * @param freeDiskGib GiB
     * @param runningMachines of everybody
     */
    public record Capacity(
            Optional<Long> totalCores,
            Optional<Long> freeCores,
            Optional<Long> freeMemoryMib,
            Optional<Long> freeDiskGib,
            Optional<Long> runningMachines) {

        public static final Capacity UNKNOWN =
                new Capacity(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
