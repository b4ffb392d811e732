package hansa.kernel.jobs;

import hansa.kernel.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The table of jobs. Its columns are explained where it is made. */
final class JobTable {

    /** In the column {@code due} of a running job: nobody asked for another run. */
    private static final long NEVER = Long.MAX_VALUE;

    private static final int REASON_LIMIT = 500;

    private final String node;

    JobTable(String node) {
        this.node = node;
    }

    void schedule(Tx tx, String kind, String lane, String subject, Instant due, Instant now) {
        tx.sql()
                .createUpdate("""
                        insert into job (kind, lane, subject, look, due, run, attempt, owner, since, reason)
                        values (:kind, :lane, :subject, :due, :due, 0, 0, '', :now, '')
                        on conflict (kind, subject) do update set
                            attempt = 0,
                            lane = excluded.lane,
                            due = case when job.due < excluded.due then job.due else excluded.due end,
                            look = case when job.owner <> '' or job.look < excluded.look then job.look else excluded.look end""")
                .bind("kind", kind)
                .bind("lane", lane)
                .bind("subject", subject)
                .bind("due", due.toEpochMilli())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Jobs of the lane that failed and wait for another attempt are due now. */
    void hurry(Tx tx, String kind, String lane, Instant now) {
        tx.sql()
                .createUpdate("""
                        update job set look = :now, due = :now
                        where kind = :kind and lane = :lane and look > :now and owner = '' and attempt > 0""")
                .bind("now", now.toEpochMilli())
                .bind("kind", kind)
                .bind("lane", lane)
                .execute();
    }

    /** The clock was set back to {@code now}: what waits until then at the latest is due. @return how many */
    int setBack(Tx tx, Instant until, Instant now) {
        return tx.sql()
                .createUpdate(
                        "update job set look = :now, due = :now where owner = '' and look > :now and look <= :until")
                .bind("now", now.toEpochMilli())
                .bind("until", until.toEpochMilli())
                .execute();
    }

    /** When the kind's earliest job wants attention, in milliseconds since 1970. */
    OptionalLong earliest(Handle sql, String kind) {
        return sql.createQuery("select look from job where kind = :kind order by look limit 1")
                .bind("kind", kind)
                .map((row, _) -> OptionalLong.of(row.getLong(1)))
                .findOne()
                .orElse(OptionalLong.empty());
    }

    /** When a lane's earliest job wants attention, in milliseconds since 1970. */
    record Look(String lane, long at) {}

    /** One for each lane that has jobs. */
    List<Look> looks(Handle sql, Kind kind) {
        if (!kind.hasLanes()) {
            OptionalLong earliest = earliest(sql, kind.name);
            return earliest.isPresent() ? List.of(new Look(Lane.REST, earliest.getAsLong())) : List.of();
        }
        return sql.createQuery("select lane, min(look) from job where kind = :kind group by lane")
                .bind("kind", kind.name)
                .map((row, _) -> new Look(row.getString(1), row.getLong(2)))
                .list();
    }

    /**
     * Takes due jobs, and those whose node gave no sign of life, for this node.
     *
     * @param look the lane as the table has it
     * @param lane whose places they take here
     */
    List<Run> claim(Tx tx, String kind, Look look, Lane lane, int limit, Instant now, Duration lease) {
        return tx.sql()
                .createQuery("""
                        update job set
                            owner = :node, look = :until, run = run + 1, attempt = attempt + 1,
                            due = case when due <= :now then :never else due end
                        where kind = :kind and subject in (
                            select subject from job
                            where kind = :kind and lane = :lane and look <= :now order by look limit :limit)
                        returning subject, attempt, run""")
                .bind("node", node)
                .bind("until", now.plus(lease).toEpochMilli())
                .bind("now", now.toEpochMilli())
                .bind("never", NEVER)
                .bind("kind", kind)
                .bind("lane", look.lane())
                .bind("limit", limit)
                .map((row, _) -> new Run(kind, lane.name, row.getString(1), row.getInt(2), row.getLong(3)))
                .list();
    }

    /** Whether the run was still this node's, and its lease is longer now. */
    boolean renew(Tx tx, Run run, Instant until) {
        return bind(tx, """
                        update job set look = :until
                        where kind = :kind and subject = :subject and owner = :node and run = :run""", run).bind("until", until.toEpochMilli()).execute() == 1;
    }

    /** Ends a run that left nothing to do; false when it was no longer this node's. */
    boolean finish(Tx tx, Run run) {
        boolean gone = bind(tx, """
                        delete from job
                        where kind = :kind and subject = :subject and owner = :node and run = :run and due = :never""", run).bind("never", NEVER).execute() == 1;
        return gone || bind(tx, """
                        update job set owner = '', look = due, reason = ''
                        where kind = :kind and subject = :subject and owner = :node and run = :run""", run).execute() == 1;
    }

    /** Ends a run that wants another one; false when it was no longer this node's. */
    boolean again(Tx tx, Run run, Instant due, boolean progress, String reason) {
        return bind(tx, """
                        update job set
                            owner = '',
                            look = case when due < :due then due else :due end,
                            due = case when due < :due then due else :due end,
                            attempt = case when :progress = 1 then 0 else attempt end,
                            reason = :reason
                        where kind = :kind and subject = :subject and owner = :node and run = :run""", run)
                        .bind("due", due.toEpochMilli())
                        .bind("progress", progress ? 1 : 0)
                        .bind("reason", reason.length() > REASON_LIMIT ? reason.substring(0, REASON_LIMIT) : reason)
                        .execute()
                == 1;
    }

    /** Gives back what an earlier life of this node was running when it ended. */
    int recover(Tx tx, Instant now) {
        return tx.sql()
                .createUpdate("update job set owner = '', look = :now, due = :now where owner = :node")
                .bind("now", now.toEpochMilli())
                .bind("node", node)
                .execute();
    }

    long length(Handle sql, String kind) {
        return sql.createQuery("select count(*) from job where kind = :kind")
                .bind("kind", kind)
                .map((row, _) -> row.getLong(1))
                .one();
    }

    private Update bind(Tx tx, String sql, Run run) {
        return tx.sql()
                .createUpdate(sql)
                .bind("kind", run.kind())
                .bind("subject", run.subject())
                .bind("node", node)
                .bind("run", run.number());
    }
}
