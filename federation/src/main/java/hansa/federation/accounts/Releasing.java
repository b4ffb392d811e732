package hansa.federation.accounts;

import hansa.kernel.jobs.JobHandler;
import hansa.kernel.jobs.Outcome;
import hansa.kernel.store.Store;
import java.time.Duration;
import java.util.List;

/** Takes accounts back that nobody needs any more, again and again. */
final class Releasing implements JobHandler {

    static final String JOB = "account-release";
    static final String ALL = "all";

    private static final int PAGE = 200;

    private final Store store;
    private final Leases leases;
    private final Duration every;

    Releasing(Store store, Leases leases, Duration every) {
        this.store = store;
        this.leases = leases;
        this.every = every;
    }

    @Override
    public Outcome run(String subject, int attempt) {
        String after = "";
        while (true) {
            String from = after;
            List<AccountMapping> page = store.read(sql -> AccountMappingTable.passing(sql, from, PAGE));
            if (page.isEmpty()) {
                return new Outcome.Again(every);
            }
            for (AccountMapping mapping : page) {
                store.run(tx -> leases.look(tx, mapping));
            }
            after = page.getLast().id();
        }
    }
}
