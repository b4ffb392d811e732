package hansa.federation.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.CloudName;
import hansa.federation.Federation;
import hansa.federation.accounts.Scheme.OnTheFly;
import hansa.federation.accounts.Scheme.Pool;
import hansa.federation.listing.Page;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Store;
import hansa.kernel.store.StoreUrl;
import hansa.kernel.store.Stores;
import hansa.protocols.voms.Fqan;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever people, rules and machines do at once, on either database. */
abstract class LeasesContract {

    private static final CloudName CLOUD = new CloudName("sim");
    private static final String VO = "biomed";
    private static final Fqan ALL = Fqan.member("/" + VO);
    private static final int PEOPLE = 8;
    private static final int STEPS = 60;

    abstract StoreUrl database(Path folder);

    @TempDir
    Path folder;

    /** Accounts under which machines run, by person. */
    private final Map<String, String> machines = new ConcurrentHashMap<>();

    private final AtomicInteger refusals = new AtomicInteger();

    @Test
    void twoPersonsNeverHaveOneAccountOfAPool() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        try (Store store = Stores.open(database(folder), Federation.migrations());
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Leases leases = new Leases(
                    (sql, owner, vo, cloud, other) -> other.isEmpty() && machines.containsKey(owner),
                    Clock.systemUTC());
            put(store, new Pool(List.of("a", "b", "c", "d"), Duration.ZERO), 1);
            for (int i = 0; i < 5; i++) {
                machine(store, leases, "p" + i);
            }
            assertThat(machines.values()).containsExactlyInAnyOrder("a", "b", "c", "d");
            assertThat(refusals).hasValue(1);
            machines.clear();
            List<Future<?>> lives = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) {
                String person = "p" + i;
                SplittableRandom random = new SplittableRandom(seed + i);
                lives.add(executor.submit(() -> live(store, leases, person, random)));
            }
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 2; i < 20; i++) {
                put(
                        store,
                        switch (random.nextInt(3)) {
                            case 0 -> new Pool(List.of("d", "c", "e"), Duration.ZERO);
                            case 1 -> new OnTheFly(OnTheFly.USUAL);
                            default -> new Pool(List.of("a", "b", "c", "d"), Duration.ofMillis(1));
                        },
                        i);
            }
            for (Future<?> life : lives) {
                life.get();
            }
            List<AccountMapping> all = store.read(sql -> AccountMappingTable.page(sql, VO, true, Page.first(10_000)));
            assertThat(all).hasSizeGreaterThan(4);
            Map<String, Instant> freeFrom = new HashMap<>();
            for (AccountMapping mapping : all) {
                assertThat(mapping.from())
                        .as("%s", mapping)
                        .isAfterOrEqualTo(freeFrom.getOrDefault(mapping.account(), Instant.MIN));
                freeFrom.put(mapping.account(), mapping.until().orElse(Instant.MAX));
            }
        }
    }

    private static void put(Store store, Scheme scheme, long generation) {
        store.run(tx -> AccountRuleTable.put(
                tx.sql(),
                new AccountRule(
                        VO,
                        CLOUD,
                        ALL,
                        scheme,
                        false,
                        PushState.OFF,
                        "",
                        Optional.empty(),
                        Instant.EPOCH,
                        generation)));
    }

    private boolean live(Store store, Leases leases, String person, SplittableRandom random) {
        for (int i = 0; i < STEPS; i++) {
            switch (random.nextInt(3)) {
                case 0 -> machine(store, leases, person);
                case 1 -> machines.remove(person);
                default ->
                    store.read(sql -> AccountMappingTable.passing(sql, "", 100))
                            .forEach(mapping -> unlessLost(() -> store.run(tx -> leases.look(tx, mapping))));
            }
        }
        machines.remove(person);
        return true;
    }

    private void machine(Store store, Leases leases, String person) {
        if (machines.containsKey(person)) {
            return;
        }
        // The machine is there before it has an account, as its record is.
        machines.put(person, "");
        unlessLost(() -> {
            Lease lease = store.write(tx -> leases.take(tx, person, List.of(ALL), VO, CLOUD, "the machine"));
            switch (lease) {
                case Lease.Held(AccountMapping mapping) -> {
                    assertThat(Set.copyOf(machines.values())).doesNotContain(mapping.account());
                    machines.put(person, mapping.account());
                }
                case Lease.Exhausted _, Lease.Taken _ -> refusals.incrementAndGet();
                case Lease.NoRule _ -> throw new AssertionError("there is a rule");
            }
        });
        machines.remove(person, "");
    }

    /** Where too many want the same at once, the database gives up, and a job tries again. */
    private void unlessLost(Runnable unit) {
        try {
            unit.run();
        } catch (Failure e) {
            assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        }
    }
}
