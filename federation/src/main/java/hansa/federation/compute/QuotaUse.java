package hansa.federation.compute;

import hansa.cloud.Size;
import hansa.federation.caller.Caller;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What owners have of what quotas limit: counted when something is wanted, given back when it is gone. */
final class QuotaUse {

    private final Quotas quotas;

    QuotaUse(Quotas quotas) {
        this.quotas = quotas;
    }

    /** An amount of everything that is limited; negative where it is given back. */
    record Amount(long machines, long cores, long memoryMib, long volumes, long volumeMib, long networks) {

        static Amount machine(Size size) {
            return new Amount(1, size.cores(), size.memoryMib(), 0, 0, 0);
        }

        static Amount resized(Size before, Size after) {
            return new Amount(
                    0, (long) after.cores() - before.cores(), after.memoryMib() - before.memoryMib(), 0, 0, 0);
        }

        static Amount volume(long sizeMib) {
            return new Amount(0, 0, 0, 1, sizeMib, 0);
        }

        static Amount grown(long byMib) {
            return new Amount(0, 0, 0, 0, byMib, 0);
        }

        static Amount network() {
            return new Amount(0, 0, 0, 0, 0, 1);
        }

        Amount back() {
            return new Amount(-machines, -cores, -memoryMib, -volumes, -volumeMib, -networks);
        }
    }

    /** @throws Failure {@code quota.exceeded} naming what is used and what the limit is */
    void take(Handle sql, Caller caller, String owner, Amount amount) {
        Amount used = add(sql, owner, amount);
        if (caller.operator()) {
            return;
        }
        List<String> beyond = new ArrayList<>();
        beyond(beyond, "machines", amount.machines(), used.machines(), quotas.machines());
        beyond(beyond, "cores", amount.cores(), used.cores(), quotas.cores());
        beyond(beyond, "MiB of memory", amount.memoryMib(), used.memoryMib(), quotas.memoryMib());
        beyond(beyond, "volumes", amount.volumes(), used.volumes(), quotas.volumes());
        beyond(beyond, "MiB of volumes", amount.volumeMib(), used.volumeMib(), quotas.volumeMib());
        beyond(beyond, "networks", amount.networks(), used.networks(), quotas.networks());
        if (!beyond.isEmpty()) {
            // Thrown out of the unit of work, which takes the addition back with it.
            throw new Failure(
                    ErrorCode.QUOTA_EXCEEDED,
                    "This would go beyond the quota: " + String.join(", ", beyond)
                            + ". Delete something, or ask an operator for more.");
        }
    }

    private static void beyond(List<String> texts, String what, long more, long then, long limit) {
        if (more > 0 && then > limit) {
            texts.add((then - more) + " of " + limit + " " + what + " used, " + more + " more wanted");
        }
    }

    void giveBack(Handle sql, String owner, Amount amount) {
        add(sql, owner, amount.back());
    }

    private static Amount add(Handle sql, String owner, Amount amount) {
        return sql.createQuery("""
                        insert into quota_use (owner, machines, cores, memory_mib, volumes, volume_mib, networks)
                        values (:owner, :machines, :cores, :memory, :volumes, :volumeMib, :networks)
                        on conflict (owner) do update set
                            machines = quota_use.machines + excluded.machines,
                            cores = quota_use.cores + excluded.cores,
                            memory_mib = quota_use.memory_mib + excluded.memory_mib,
                            volumes = quota_use.volumes + excluded.volumes,
                            volume_mib = quota_use.volume_mib + excluded.volume_mib,
                            networks = quota_use.networks + excluded.networks
                        returning machines, cores, memory_mib, volumes, volume_mib, networks
                        """)
                .bind("owner", owner)
                .bind("machines", amount.machines())
                .bind("cores", amount.cores())
                .bind("memory", amount.memoryMib())
                .bind("volumes", amount.volumes())
                .bind("volumeMib", amount.volumeMib())
                .bind("networks", amount.networks())
                .map((row, context) -> new Amount(
                        row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6)))
                .one();
    }
}
