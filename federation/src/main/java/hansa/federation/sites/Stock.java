package hansa.federation.sites;

import hansa.cloud.CloudDescription;
import hansa.cloud.CloudName;
import hansa.cloud.Size;
import hansa.federation.stored.Micros;
import hansa.kernel.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what is known of the room at clouds: their own figures, and what comes and goes between one telling and the next. For the
 * capabilities that make what takes room. Thread-safe.
 */
public final class Stock {

    private static final String FREE_SIZE = "";

    private final Map<CloudName, CloudProfile> profiles;
    private final InventorySettings settings;
    private final Clock clock;

    Stock(Map<CloudName, CloudProfile> profiles, InventorySettings settings, Clock clock) {
        this.profiles = profiles;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param asked before the cloud was asked; what changed there since may be in the answer or not, and is counted once more */
    void told(Tx tx, CloudName cloud, CloudDescription description, Instant asked) {
        StockTable.told(
                tx.sql(),
                cloud,
                new StockTable.Figures(description.limits(), description.used(), description.capacity()),
                asked);
    }

    /**
     * A machine is to be made at a cloud.
     *
     * @return whether it is within the operator's cap for its flavour
     */
    public boolean take(Tx tx, String machine, CloudName cloud, Optional<FlavourId> flavour, Size size) {
        StockTable.claim(tx.sql(), machine, cloud, 1, size, 0);
        StockTable.touch(tx.sql(), cloud);
        long there = StockTable.use(tx.sql(), cloud, name(flavour), 1);
        Integer cap = profiles.getOrDefault(cloud, CloudProfile.UNSAID).caps().get(name(flavour));
        return cap == null || there <= cap;
    }

    /** It was seen there, so that the next telling knows it. */
    public void seen(Tx tx, String machine, CloudName cloud) {
        StockTable.seen(tx.sql(), machine, cloud, clock.instant());
    }

    /** It is gone from there, or will not be made. */
    public void release(Tx tx, String machine, CloudName cloud, Optional<FlavourId> flavour, Size size) {
        if (!StockTable.unclaim(tx.sql(), machine, cloud)) {
            StockTable.claim(tx.sql(), machine, cloud, -1, size, Micros.of(clock.instant()));
        }
        StockTable.use(tx.sql(), cloud, name(flavour), -1);
        StockTable.touch(tx.sql(), cloud);
    }

    /** It has another flavour now. */
    public void resized(Tx tx, CloudName cloud, Optional<FlavourId> before, Optional<FlavourId> after) {
        if (!before.equals(after)) {
            StockTable.use(tx.sql(), cloud, name(before), -1);
            StockTable.use(tx.sql(), cloud, name(after), 1);
            StockTable.touch(tx.sql(), cloud);
        }
    }

    /** The cloud refused a machine for lack of room or quota: it counts as full for a while. */
    public void refused(Tx tx, CloudName cloud, String why) {
        StockTable.full(tx.sql(), cloud, clock.instant().plus(settings.fullFor()), Describing.cut(why));
    }

    /** Whether machines were never counted, as before there was an inventory. */
    public boolean isUncounted(Tx tx) {
        return StockTable.nothingCounted(tx.sql());
    }

    /** Counts machines that were there before there was an inventory. */
    public void count(Tx tx, CloudName cloud, String flavour, long machines) {
        StockTable.use(tx.sql(), cloud, flavour, machines);
        StockTable.touch(tx.sql(), cloud);
    }

    private static String name(Optional<FlavourId> flavour) {
        return flavour.map(FlavourId::value).orElse(FREE_SIZE);
    }
}
