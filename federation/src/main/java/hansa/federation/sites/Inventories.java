package hansa.federation.sites;

import hansa.cloud.CloudName;
import hansa.federation.placement.CloudOffer;
import hansa.federation.placement.Inventory;
import hansa.federation.placement.SiteOffer;
import hansa.federation.placement.Snapshot;
import hansa.federation.sites.StockTable.Mark;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The inventory of all clouds for decisions. What was read is remembered, and only clouds of which something changed are read again.
 * Thread-safe.
 */
public final class Inventories {

    private final Map<CloudName, CloudProfile> profiles;
    private final Standings standings;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private Map<String, Remembered> remembered = Map.of();
    private Current current = new Current(new Inventory(new Snapshot(List.of(), Map.of())), Map.of());

    Inventories(Map<CloudName, CloudProfile> profiles, SiteSettings settings, Clock clock) {
        this.profiles = profiles;
        this.standings = new Standings(settings);
        this.clock = clock;
    }

    /**
     * What is known now.
     *
     * @param clouds by name; images are not among what their offers say
     */
    public record Current(Inventory inventory, Map<String, CloudStanding> clouds) {

        public Current {
            clouds = Map.copyOf(clouds);
        }
    }

    private record Remembered(Mark mark, Standings.Timed timed) {

        boolean holds(Mark now, Instant at) {
            return mark.equals(now) && at.isBefore(timed.until());
        }
    }

    /** What is known now of the configured clouds. */
    public Current current(Handle sql) {
        List<Mark> marks = StockTable.marks(sql).stream()
                .filter(mark -> profiles.containsKey(new CloudName(mark.cloud())))
                .toList();
        Instant now = clock.instant();
        lock.lock();
        try {
            List<Mark> changed = marks.stream()
                    .filter(mark -> {
                        Remembered known = remembered.get(mark.cloud());
                        return known == null || !known.holds(mark, now);
                    })
                    .toList();
            if (!changed.isEmpty() || marks.size() != remembered.size()) {
                refresh(sql, marks, changed, now);
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    private void refresh(Handle sql, List<Mark> marks, List<Mark> changed, Instant now) {
        Map<String, CloudTerms> terms = CloudTable.terms(sql).stream()
                .collect(Collectors.toMap(one -> one.name().value(), Function.identity()));
        Map<String, Remembered> fresh = new HashMap<>(remembered);
        List<CloudOffer> offers = new ArrayList<>();
        for (Mark mark : changed) {
            CloudProfile profile = profile(mark.cloud());
            CloudTerms known = Objects.requireNonNull(terms.get(mark.cloud()), mark.cloud());
            Standings.Timed timed = standings.of(sql, mark, known, profile, order(mark.cloud()), now);
            fresh.put(mark.cloud(), new Remembered(mark, timed));
            offers.add(timed.standing().offer());
        }
        boolean sameClouds = marks.size() == remembered.size()
                && marks.stream().allMatch(mark -> remembered.containsKey(mark.cloud()));
        fresh.keySet().retainAll(marks.stream().map(Mark::cloud).collect(Collectors.toSet()));
        Map<String, CloudStanding> clouds = new HashMap<>();
        fresh.forEach((cloud, known) -> clouds.put(cloud, known.timed().standing()));
        remembered = fresh;
        current = new Current(
                sameClouds ? current.inventory().with(offers) : new Inventory(snapshot(clouds.values())), clouds);
    }

    private int order(String cloud) {
        return List.copyOf(profiles.keySet()).indexOf(new CloudName(cloud));
    }

    private CloudProfile profile(String cloud) {
        return profiles.getOrDefault(new CloudName(cloud), CloudProfile.UNSAID);
    }

    private Snapshot snapshot(Iterable<CloudStanding> clouds) {
        Map<SiteName, SiteOffer> sites = new LinkedHashMap<>();
        for (CloudStanding cloud : clouds) {
            CloudProfile profile = profile(cloud.name().value());
            sites.merge(
                    cloud.site(),
                    new SiteOffer(
                            cloud.site().value(), cloud.country(), standings.position(profile), List.of(cloud.offer())),
                    Inventories::joined);
        }
        return new Snapshot(List.copyOf(sites.values()), Map.of());
    }

    private static SiteOffer joined(SiteOffer one, SiteOffer other) {
        List<CloudOffer> clouds = new ArrayList<>(one.clouds());
        clouds.addAll(other.clouds());
        return new SiteOffer(
                one.name(), one.country().or(other::country), one.position().or(other::position), clouds);
    }
}
