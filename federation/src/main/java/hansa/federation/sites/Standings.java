package hansa.federation.sites;

import hansa.cloud.CloudDescription;
import hansa.cloud.CloudName;
import hansa.federation.placement.CloudOffer;
import hansa.federation.placement.CloudState;
import hansa.federation.placement.FlavourOffer;
import hansa.federation.placement.Position;
import hansa.federation.placement.Room;
import hansa.federation.sites.CloudTable.SoldRow;
import hansa.federation.sites.StockTable.Claimed;
import hansa.federation.sites.StockTable.Mark;
import hansa.federation.sites.StockTable.Stock;
import hansa.federation.stored.Micros;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Puts together what is known of one cloud at one instant. */
final class Standings {

    private final SiteSettings settings;

    Standings(SiteSettings settings) {
        this.settings = settings;
    }

    /**
     * A standing, and how long it holds if nothing is written.
     *
     * @param until what is known may be old from then on, or the cloud not full any more
     */
    record Timed(CloudStanding standing, Instant until) {}

    Timed of(Handle sql, Mark mark, CloudTerms terms, CloudProfile profile, int order, Instant now) {
        Stock stock = StockTable.find(sql, mark.cloud())
                .orElseThrow(() -> new IllegalStateException("the cloud '" + mark.cloud() + "' has no stock"));
        Optional<Instant> told =
                Optional.of(mark.told()).filter(micros -> micros > 0).map(Micros::instant);
        Instant old = told.map(at -> at.plus(settings.inventory().staleAfter())).orElse(Instant.MAX);
        boolean stale = told.isPresent() && !now.isBefore(old);
        // Nothing counts as full for longer than that: then the clock was set back.
        Instant fullFrom = stock.fullUntil().minus(settings.inventory().fullFor());
        boolean full = now.isBefore(stock.fullUntil()) && !now.isBefore(fullFrom);
        List<String> warnings = new ArrayList<>();
        if (stale) {
            warnings.add("'" + mark.cloud() + "' last told how full it is " + age(Duration.between(told.get(), now))
                    + " ago.");
        }
        if (full) {
            warnings.add("'" + mark.cloud() + "' counts as full until " + stock.fullUntil() + ": " + stock.fullText());
        }
        Map<String, Long> uses = StockTable.uses(sql, mark.cloud());
        Claimed claimed = StockTable.claimed(sql, mark.cloud());
        CloudOffer offer = new CloudOffer(
                mark.cloud(),
                state(mark, terms, profile, stale),
                profile.priority(),
                profile.publicCloud(),
                full ? new Room(0, 0, 0, 0) : free(stock.figures().capacity(), claimed),
                quota(stock.figures(), claimed, uses),
                stock.figures().capacity().totalCores().orElse(0L),
                running(stock.figures().capacity(), claimed, uses),
                terms.freeForm(),
                order,
                stock.reliability() < 0 ? OptionalDouble.empty() : OptionalDouble.of(stock.reliability() / 1000.0),
                profile.wattsPerCore(),
                features(terms, profile),
                Map.of(),
                profile.labels(),
                flavours(sql, mark.cloud(), terms, profile, uses));
        Instant until = full && stock.fullUntil().isBefore(old) ? stock.fullUntil() : old;
        CloudName name = new CloudName(mark.cloud());
        return new Timed(
                new CloudStanding(name, site(profile), country(profile), offer, told, warnings),
                stale && !full ? Instant.MAX : until);
    }

    SiteName site(CloudProfile profile) {
        return profile.site().orElse(settings.name());
    }

    Optional<String> country(CloudProfile profile) {
        return profile.country().or(() -> here(profile) ? settings.inventory().country() : Optional.empty());
    }

    Optional<Position> position(CloudProfile profile) {
        return profile.position().or(() -> here(profile) ? settings.inventory().position() : Optional.empty());
    }

    private boolean here(CloudProfile profile) {
        return site(profile).equals(settings.name());
    }

    private static String age(Duration age) {
        return age.toHours() > 0
                ? age.toHours() + " h"
                : age.toMinutes() > 0 ? age.toMinutes() + " min" : age.toSeconds() + " s";
    }

    private CloudState state(Mark mark, CloudTerms terms, CloudProfile profile, boolean stale) {
        boolean down = CloudEntry.Health.valueOf(mark.health()) == CloudEntry.Health.DOWN || !terms.described();
        if (down) {
            return CloudState.DOWN;
        }
        boolean excluded = stale && !settings.inventory().useStale();
        return profile.draining() || excluded ? CloudState.DRAINING : CloudState.UP;
    }

    private static Room free(CloudDescription.Capacity capacity, Claimed claimed) {
        return new Room(
                left(capacity.freeCores(), claimed.cores()),
                left(capacity.freeMemoryMib(), claimed.memoryMib()),
                left(capacity.freeDiskGib(), claimed.diskGib()),
                Long.MAX_VALUE);
    }

    private static Room quota(StockTable.Figures figures, Claimed claimed, Map<String, Long> uses) {
        CloudDescription.Limits limits = figures.limits();
        CloudDescription.Limits used = figures.used();
        long ours = uses.values().stream().mapToLong(Long::longValue).sum();
        return new Room(
                left(limits.cores(), used.cores().orElse(0L) + claimed.cores()),
                left(limits.memoryMib(), used.memoryMib().orElse(0L) + claimed.memoryMib()),
                Long.MAX_VALUE,
                left(
                        limits.machines(),
                        used.machines().map(there -> there + claimed.machines()).orElse(ours)));
    }

    private static long left(Optional<Long> of, long taken) {
        return of.map(total -> Math.max(0, total - taken)).orElse(Long.MAX_VALUE);
    }

    private static long running(CloudDescription.Capacity capacity, Claimed claimed, Map<String, Long> uses) {
        long ours = uses.values().stream().mapToLong(Long::longValue).sum();
        return Math.max(
                0,
                capacity.runningMachines()
                        .map(there -> there + claimed.machines())
                        .orElse(ours));
    }

    private static Set<String> features(CloudTerms terms, CloudProfile profile) {
        Set<String> features = new TreeSet<>(terms.facets());
        features.addAll(profile.features());
        return features;
    }

    private List<FlavourOffer> flavours(
            Handle sql, String cloud, CloudTerms terms, CloudProfile profile, Map<String, Long> uses) {
        return CloudTable.sold(sql, cloud, terms.freeForm()).stream()
                .map(row -> new FlavourOffer(
                        row.id(),
                        row.size().cores(),
                        row.size().memoryMib(),
                        row.size().diskGib(),
                        price(row, profile),
                        cap(row, profile, uses.getOrDefault(row.id(), 0L))))
                .toList();
    }

    private OptionalLong price(SoldRow row, CloudProfile profile) {
        Long set = profile.prices().get(row.id());
        if (set != null) {
            return OptionalLong.of(set);
        }
        return row.currency().equals(settings.inventory().currency()) ? row.price() : OptionalLong.empty();
    }

    private static OptionalInt cap(SoldRow row, CloudProfile profile, long used) {
        int set =
                Math.min(row.cap().orElse(Integer.MAX_VALUE), profile.caps().getOrDefault(row.id(), Integer.MAX_VALUE));
        return set == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) Math.max(0, set - used));
    }
}
