package hansa.federation.sites;

import hansa.cloud.CloudName;
import hansa.cloud.Size;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Scope;
import hansa.federation.policy.Action;
import hansa.federation.policy.Policy;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.jobs.Lanes;
import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import hansa.policy.AccessRequest.Resource;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The sites, their clouds and flavours. Thread-safe; answers from the store. */
public final class Sites {

    /** Where the migrations of this capability are on the class path. */
    public static final String MIGRATIONS = "db/migration/federation/sites";

    private static final String DESCRIBE = "cloud.describe";
    private static final Duration PATIENCE_AT_START = Duration.ofMillis(1500);

    private final Store store;
    private final Policy policy;
    private final Jobs jobs;
    private final CloudAccess clouds;
    private final SiteSettings settings;
    private final Clock clock;
    private final List<DescriptionListener> listeners = new ArrayList<>();
    private final Describing describing;
    private final Stock stock;
    private final Inventories inventories;

    public Sites(Store store, Policy policy, Jobs jobs, CloudAccess clouds, SiteSettings settings, Clock clock) {
        this.store = store;
        this.policy = policy;
        this.jobs = jobs;
        this.clouds = clouds;
        this.settings = settings;
        this.clock = clock;
        this.stock = new Stock(clouds.profiles(), settings.inventory(), clock);
        this.inventories = new Inventories(clouds.profiles(), settings, clock);
        this.describing = new Describing(store, clouds, stock, listeners, settings.describeEvery(), clock);
        jobs.register(DESCRIBE, describing, 1, lanes());
    }

    /** For jobs whose subjects are clouds: one for each. */
    public Lanes lanes() {
        return new Lanes(
                clouds.names().stream().map(CloudName::value).collect(Collectors.toSet()),
                (_, cloud) -> Optional.of(cloud));
    }

    /** From before {@link #start} on. */
    public void onDescription(DescriptionListener listener) {
        listeners.add(listener);
    }

    /**
     * Writes the configured clouds down and begins to ask what they offer. Waits a moment for those that never told, so
     * that a new installation has images and flavours when it is ready, but not for a cloud that is down.
     */
    public void start() {
        Set<CloudName> unknown = store.write(tx -> {
            int position = 0;
            for (CloudName cloud : clouds.names()) {
                CloudTable.put(tx.sql(), cloud, position++, clouds.driver(cloud), clouds.facets(cloud));
                StockTable.put(tx.sql(), cloud);
            }
            Set<CloudName> never = new LinkedHashSet<>();
            for (CloudTerms terms : CloudTable.terms(tx.sql())) {
                if (clouds.names().contains(terms.name()) && !terms.described()) {
                    never.add(terms.name());
                }
            }
            return never;
        });
        describeNow(unknown);
        store.run(tx -> clouds.names().forEach(cloud -> jobs.schedule(tx, DESCRIBE, cloud.value(), clock.instant())));
    }

    private void describeNow(Set<CloudName> unknown) {
        CountDownLatch left = new CountDownLatch(unknown.size());
        for (CloudName cloud : unknown) {
            Thread.ofVirtual().name("describe " + cloud).start(() -> {
                describing.describe(cloud);
                left.countDown();
            });
        }
        try {
            left.await(PATIENCE_AT_START.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Every site with its clouds. @throws Failure {@code policy.denied} */
    public List<Site> sites(Caller caller) {
        Map<SiteName, List<CloudEntry>> bySite = new LinkedHashMap<>();
        bySite.put(settings.name(), new ArrayList<>());
        for (CloudEntry cloud : clouds(caller)) {
            SiteName site = clouds.profiles()
                    .getOrDefault(cloud.name(), CloudProfile.UNSAID)
                    .site()
                    .orElse(settings.name());
            bySite.computeIfAbsent(site, _ -> new ArrayList<>()).add(cloud);
        }
        return bySite.entrySet().stream()
                .map(site -> new Site(
                        site.getKey(),
                        site.getKey().equals(settings.name())
                                ? settings.title()
                                : site.getKey().value(),
                        site.getValue()))
                .toList();
    }

    /** How full each cloud is and what it is like, by name. @throws Failure {@code policy.denied} */
    public List<CloudStanding> standings(Caller caller) {
        requireList(caller);
        return store.read(inventories::current).clouds().values().stream()
                .sorted(Comparator.comparing(cloud -> cloud.name().value()))
                .toList();
    }

    /** The site of a cloud. */
    public String siteOf(CloudName cloud) {
        return clouds.profiles()
                .getOrDefault(cloud, CloudProfile.UNSAID)
                .site()
                .orElse(settings.name())
                .value();
    }

    /** For who chooses among clouds. */
    public Inventories inventories() {
        return inventories;
    }

    /** For who takes room at clouds. */
    public Stock stock() {
        return stock;
    }

    /** Every configured cloud, in configured order. @throws Failure {@code policy.denied} */
    public List<CloudEntry> clouds(Caller caller) {
        requireList(caller);
        return policy.visible(whole(caller), Action.SITE_READ, clouds(), cloud -> about(cloud.name()));
    }

    /** The scope of a token says what it may be used for, not what there is. */
    private static Caller whole(Caller caller) {
        return caller.within(Scope.ALL);
    }

    private static Resource about(CloudName cloud) {
        return new Resource("site", "", Optional.empty(), Optional.empty(), Map.of("cloud", cloud.value()));
    }

    /** As {@link #clouds(Caller)}, for the node itself. */
    public List<CloudEntry> clouds() {
        return store.read(CloudTable::entries).stream()
                .filter(entry -> clouds.names().contains(entry.name()))
                .map(clouds::withCircuit)
                .toList();
    }

    /** Every flavour, by name. @throws Failure {@code policy.denied} */
    public List<Flavour> flavours(Caller caller) {
        requireList(caller);
        List<Flavour> found = store.read(sql -> flavours(CloudTable.flavours(sql), freeForm(sql)));
        return policy.visible(whole(caller), Action.SITE_READ, found, flavour -> about(flavour.id()));
    }

    private void requireList(Caller caller) {
        policy.require(caller, Action.SITE_LIST, Resource.any("site"));
    }

    /** @throws Failure {@code resource.not-found}, {@code policy.denied} */
    public Flavour flavour(Caller caller, FlavourId id) {
        policy.require(caller, Action.SITE_READ, about(id));
        return flavour(id);
    }

    private static Resource about(FlavourId id) {
        return new Resource("site", "", Optional.empty(), Optional.empty(), Map.of("flavour", id.value()));
    }

    /** As {@link #flavour(Caller, FlavourId)}, for the capabilities above. @throws Failure {@code resource.not-found} */
    public Flavour flavour(FlavourId id) {
        return store.read(sql -> flavours(CloudTable.flavour(sql, id), freeForm(sql))).stream()
                .findFirst()
                .orElseThrow(() -> noFlavour(id));
    }

    private List<CloudName> freeForm(Handle sql) {
        return terms(sql).stream()
                .filter(CloudTerms::freeForm)
                .map(CloudTerms::name)
                .toList();
    }

    private List<Flavour> flavours(List<CloudTable.FlavourRow> rows, List<CloudName> freeForm) {
        Map<String, Flavour> found = new LinkedHashMap<>();
        for (CloudTable.FlavourRow row : rows) {
            boolean configured =
                    row.offer().cloud().map(clouds.names()::contains).orElse(true);
            if (!configured) {
                continue;
            }
            Set<CloudName> where = new LinkedHashSet<>();
            Flavour before = found.get(row.id());
            if (before != null) {
                where.addAll(before.clouds());
            }
            row.offer().cloud().ifPresentOrElse(where::add, () -> where.addAll(freeForm));
            Size size = before == null ? row.offer().size() : before.size();
            String title = before == null ? row.title() : before.title();
            found.put(row.id(), new Flavour(new FlavourId(row.id()), title, size, where));
        }
        return List.copyOf(found.values());
    }

    /** Adds a flavour for the clouds that take any size; for operators. */
    public Flavour createFlavour(Caller caller, FlavourId id, String title, Size size) {
        policy.require(caller, Action.SITE_UPDATE, about(id));
        store.run(tx -> {
            if (!CloudTable.flavour(tx.sql(), id).isEmpty()) {
                throw new Failure(
                        ErrorCode.RESOURCE_EXISTS, "There is a flavour '" + id + "' already; choose another name.");
            }
            CloudTable.putFlavour(tx.sql(), id.value(), "", "", title, size);
            StockTable.touchAll(tx.sql());
        });
        return flavour(id);
    }

    /** Deletes an added one; machines that have it keep their size. For operators. */
    public void deleteFlavour(Caller caller, FlavourId id) {
        policy.require(caller, Action.SITE_UPDATE, about(id));
        store.run(tx -> {
            StockTable.touchAll(tx.sql());
            if (!CloudTable.deleteFlavour(tx.sql(), id)) {
                throw CloudTable.flavour(tx.sql(), id).isEmpty()
                        ? noFlavour(id)
                        : new Failure(
                                ErrorCode.POLICY_DENIED,
                                "The flavour '" + id
                                        + "' is a cloud's own and cannot be deleted here (rule 'cloud-own').");
            }
        });
    }

    private static Failure noFlavour(FlavourId id) {
        return new Failure(
                ErrorCode.RESOURCE_NOT_FOUND, "There is no flavour '" + id + "'; list the flavours to see which are.");
    }

    /** What the clouds can do, in configured order; for the capabilities above. */
    public List<CloudTerms> terms(Handle sql) {
        return CloudTable.terms(sql).stream()
                .filter(terms -> clouds.names().contains(terms.name()))
                .toList();
    }

    /** Where a flavour can be had; for the capabilities above. */
    public List<Offer> offers(Handle sql, FlavourId id) {
        return CloudTable.flavour(sql, id).stream()
                .map(CloudTable.FlavourRow::offer)
                .toList();
    }

    /**
     * A cloud was watched and answered; told by who watches it.
     *
     * @param strangers see {@link CloudEntry#strangers()}
     */
    public void answered(Tx tx, CloudName cloud, int strangers) {
        if (!CloudTable.isUp(tx.sql(), cloud)) {
            CloudTable.up(tx.sql(), cloud, clock.instant());
        }
        CloudTable.strangers(tx.sql(), cloud, strangers);
        Reliability.count(tx.sql(), cloud, true, clock.instant());
    }

    /** A cloud was watched and did not answer; told by who watches it. */
    public void unanswered(Tx tx, CloudName cloud, String why) {
        Reliability.count(tx.sql(), cloud, false, clock.instant());
        if (CloudTable.isUp(tx.sql(), cloud)) {
            CloudTable.down(tx.sql(), cloud, Describing.cut(why));
        }
    }
}
