package hansa.federation.vos;

import hansa.kernel.jobs.JobHandler;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.jobs.Outcome;
import hansa.kernel.store.Store;
import java.time.Clock;
import java.time.Instant;

/**
 * Tells everybody of memberships whose time is over. They do not count from that instant on, told or not; but others act
 * on being told.
 */
final class Lapsing implements JobHandler {

    static final String JOB = "vo-lapsing";

    private final Store store;
    private final Jobs jobs;
    private final Journal journal;
    private final Clock clock;

    Lapsing(Store store, Jobs jobs, Journal journal, Clock clock) {
        this.store = store;
        this.jobs = jobs;
        this.journal = journal;
        this.clock = clock;
    }

    @Override
    public Outcome run(String vo, int attempt) {
        Instant now = clock.instant();
        store.run(tx -> {
            for (String caller : MemberTable.lapse(tx.sql(), vo, now)) {
                MemberTable.find(tx.sql(), vo, caller)
                        .ifPresent(member -> journal.tell(
                                tx,
                                "member.expired",
                                new Journal.News(vo, caller, "", "expired", member.generation())));
            }
            MemberTable.nextEnd(tx.sql(), vo).ifPresent(next -> jobs.schedule(tx, JOB, vo, next));
        });
        return Outcome.DONE;
    }
}
