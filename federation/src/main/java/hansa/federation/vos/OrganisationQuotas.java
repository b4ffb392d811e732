package hansa.federation.vos;

import hansa.federation.caller.Caller;
import hansa.federation.policy.Action;
import hansa.federation.policy.Policy;
import hansa.kernel.store.Store;
import hansa.policy.AccessRequest.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** What virtual organisations may have. Operators set it; what is used is counted where it is made. Thread-safe. */
public final class OrganisationQuotas {

    private final Store store;
    private final Policy policy;
    private final Journal journal;

    OrganisationQuotas(Store store, Policy policy, Journal journal) {
        this.store = store;
        this.policy = policy;
        this.journal = journal;
    }

    /** For its members. @throws hansa.kernel.base.Failure {@code resource.not-found}, {@code policy.denied} */
    public Limits get(Caller caller, String vo) {
        return store.read(sql -> {
            OrganisationTable.get(sql, vo);
            policy.require(caller, Action.ORGANISATION_READ, Organisations.about(vo));
            return find(sql, vo);
        });
    }

    /** For the capabilities that make what is limited. */
    public Limits find(Handle sql, String vo) {
        return sql.createQuery("select machines, cores, memory_mib, volumes, volume_mib, networks, images,"
                        + " image_mib, member_share, generation from vo_quota where vo = :vo")
                .bind("vo", vo)
                .map((row, context) -> new Limits(
                        number(row, 1),
                        number(row, 2),
                        number(row, 3),
                        number(row, 4),
                        number(row, 5),
                        number(row, 6),
                        number(row, 7),
                        number(row, 8),
                        number(row, 9).map(Long::intValue),
                        row.getLong(10)))
                .findOne()
                .orElse(Limits.NONE);
    }

    private static Optional<Long> number(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(number);
    }

    /**
     * Sets all limits. What is in use beyond them stays; nothing more is given out.
     *
     * @throws hansa.kernel.base.Failure {@code policy.denied}, {@code resource.changed}
     */
    public Limits set(Caller caller, String vo, Limits wanted, OptionalLong ifGeneration) {
        return store.write(tx -> {
            tx.lock("vo quota " + vo);
            OrganisationTable.get(tx.sql(), vo);
            policy.require(
                    caller,
                    Action.QUOTA_UPDATE,
                    new Resource("quota", vo, Optional.empty(), Optional.of(vo), Map.of()));
            long before = find(tx.sql(), vo).generation();
            Organisations.requireGeneration(vo, ifGeneration, before);
            Limits fresh = wanted.ofGeneration(before + 1);
            write(tx.sql(), vo, fresh);
            journal.tell(tx, "quota.changed", new Journal.News(vo, "", "", "", fresh.generation()));
            return fresh;
        });
    }

    private static void write(Handle sql, String vo, Limits limits) {
        sql.createUpdate("delete from vo_quota where vo = :vo").bind("vo", vo).execute();
        sql.createUpdate("insert into vo_quota (vo, machines, cores, memory_mib, volumes, volume_mib, networks,"
                        + " images, image_mib, member_share, generation) values (:vo, nullif(:machines, -1), nullif(:cores, -1),"
                        + " nullif(:memory, -1), nullif(:volumes, -1), nullif(:volumeMib, -1), nullif(:networks, -1),"
                        + " nullif(:images, -1), nullif(:imageMib, -1), nullif(:share, -1), :generation)")
                .bind("vo", vo)
                .bind("machines", limits.machines().orElse(-1L))
                .bind("cores", limits.cores().orElse(-1L))
                .bind("memory", limits.memoryMib().orElse(-1L))
                .bind("volumes", limits.volumes().orElse(-1L))
                .bind("volumeMib", limits.volumeMib().orElse(-1L))
                .bind("networks", limits.networks().orElse(-1L))
                .bind("images", limits.images().orElse(-1L))
                .bind("imageMib", limits.imageMib().orElse(-1L))
                .bind("share", limits.memberShare().orElse(-1))
                .bind("generation", limits.generation())
                .execute();
    }
}
