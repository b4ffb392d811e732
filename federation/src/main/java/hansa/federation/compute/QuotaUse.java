package hansa.federation.compute;

import hansa.cloud.Size;
import hansa.federation.caller.Caller;
import hansa.federation.placement.Room;
import hansa.federation.vos.Limits;
import hansa.federation.vos.OrganisationQuotas;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * What owners and virtual organisations have of what quotas limit: counted when something is wanted, given back when it is
 * gone.
 */
final class QuotaUse {

    private static final List<String> COLUMNS =
            List.of("machines", "cores", "memory_mib", "volumes", "volume_mib", "networks");

    private final Quotas quotas;
    private final OrganisationQuotas organisations;

    QuotaUse(Quotas quotas, OrganisationQuotas organisations) {
        this.quotas = quotas;
        this.organisations = organisations;
    }

    /** An amount of everything that is limited; negative where it is given back. */
    record Amount(long machines, long cores, long memoryMib, long volumes, long volumeMib, long networks) {

        static final Amount NONE = new Amount(0, 0, 0, 0, 0, 0);

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

        /** So much of each machine. */
        static Amount machines(List<Size> sizes) {
            return sizes.stream().map(Amount::machine).reduce(NONE, Amount::plus);
        }

        Amount plus(Amount other) {
            return new Amount(
                    machines + other.machines,
                    cores + other.cores,
                    memoryMib + other.memoryMib,
                    volumes + other.volumes,
                    volumeMib + other.volumeMib,
                    networks + other.networks);
        }

        Amount back() {
            return new Amount(-machines, -cores, -memoryMib, -volumes, -volumeMib, -networks);
        }
    }

    /** @throws Failure {@code quota.exceeded} naming whose quota it is, what is used and what the limit is */
    void take(Handle sql, Caller caller, String owner, Optional<String> vo, Amount amount) {
        Amount used = add(sql, owner, amount);
        Amount byAll = vo.map(name -> add(sql, name, "", amount)).orElse(Amount.NONE);
        Amount byOne = vo.map(name -> add(sql, name, owner, amount)).orElse(Amount.NONE);
        if (caller.operator()) {
            return;
        }
        // Thrown out of the unit of work, which takes the additions back with it.
        refuse("the quota", beyond(amount, used, own()));
        vo.ifPresent(name -> {
            Limits limits = organisations.find(sql, name);
            refuse("the quota of the virtual organisation '" + name + "'", beyond(amount, byAll, limits));
            refuse(
                    "one member's share of the quota of the virtual organisation '" + name + "'",
                    beyond(amount, byOne, shares(limits)));
        });
    }

    /** @throws Failure as {@link #take}, without taking anything */
    void require(Handle sql, Caller caller, Amount amount) {
        if (caller.operator()) {
            return;
        }
        refuse("the quota", beyond(amount, used(sql, caller.id()).plus(amount), own()));
        caller.vo().ifPresent(name -> {
            Limits limits = organisations.find(sql, name);
            refuse(
                    "the quota of the virtual organisation '" + name + "'",
                    beyond(amount, used(sql, name, "").plus(amount), limits));
            refuse(
                    "one member's share of the quota of the virtual organisation '" + name + "'",
                    beyond(amount, used(sql, name, caller.id()).plus(amount), shares(limits)));
        });
    }

    /** Whether an owner may have so much more; what is negative is given back. */
    boolean fits(Handle sql, String owner, Optional<String> vo, Amount more) {
        boolean own = beyond(more, used(sql, owner).plus(more), own()).isEmpty();
        return own
                && vo.map(name -> {
                            Limits limits = organisations.find(sql, name);
                            return beyond(more, used(sql, name, "").plus(more), limits)
                                            .isEmpty()
                                    && beyond(more, used(sql, name, owner).plus(more), shares(limits))
                                            .isEmpty();
                        })
                        .orElse(true);
    }

    /** Counts what changed without a wish of the owner. */
    void add(Handle sql, String owner, Optional<String> vo, Amount amount) {
        giveBack(sql, owner, vo, amount.back());
    }

    /** What a caller may still have, of machines. */
    Room left(Handle sql, Caller caller) {
        if (caller.operator()) {
            return Room.UNLIMITED;
        }
        Room left = left(own(), used(sql, caller.id()));
        if (caller.vo().isEmpty()) {
            return left;
        }
        String vo = caller.vo().get();
        Limits limits = organisations.find(sql, vo);
        return left.and(left(limits, used(sql, vo, ""))).and(left(shares(limits), used(sql, vo, caller.id())));
    }

    private static Room left(Limits limits, Amount used) {
        return new Room(
                left(limits.cores(), used.cores()),
                left(limits.memoryMib(), used.memoryMib()),
                Long.MAX_VALUE,
                left(limits.machines(), used.machines()));
    }

    private static long left(Optional<Long> limit, long used) {
        return limit.map(most -> Math.max(0, most - used)).orElse(Long.MAX_VALUE);
    }

    private static Amount used(Handle sql, String owner) {
        return sql.createQuery("select machines, cores, memory_mib, volumes, volume_mib, networks from quota_use"
                        + " where owner = :owner")
                .bind("owner", owner)
                .map((row, context) -> amount(row))
                .findOne()
                .orElse(Amount.NONE);
    }

    private Limits own() {
        return new Limits(
                bounded(quotas.machines()),
                bounded(quotas.cores()),
                bounded(quotas.memoryMib()),
                bounded(quotas.volumes()),
                bounded(quotas.volumeMib()),
                bounded(quotas.networks()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0);
    }

    private static Optional<Long> bounded(long limit) {
        return limit == Long.MAX_VALUE ? Optional.empty() : Optional.of(limit);
    }

    private static Limits shares(Limits limits) {
        return new Limits(
                limits.share(limits.machines()),
                limits.share(limits.cores()),
                limits.share(limits.memoryMib()),
                limits.share(limits.volumes()),
                limits.share(limits.volumeMib()),
                limits.share(limits.networks()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0);
    }

    private static void refuse(String quota, List<String> beyond) {
        if (!beyond.isEmpty()) {
            throw new Failure(
                    ErrorCode.QUOTA_EXCEEDED,
                    "This would go beyond " + quota + ": " + String.join(", ", beyond)
                            + ". Delete something, or ask an operator for more.");
        }
    }

    private static List<String> beyond(Amount more, Amount then, Limits limits) {
        List<String> texts = new ArrayList<>();
        beyond(texts, "machines", more.machines(), then.machines(), limits.machines());
        beyond(texts, "cores", more.cores(), then.cores(), limits.cores());
        beyond(texts, "MiB of memory", more.memoryMib(), then.memoryMib(), limits.memoryMib());
        beyond(texts, "volumes", more.volumes(), then.volumes(), limits.volumes());
        beyond(texts, "MiB of volumes", more.volumeMib(), then.volumeMib(), limits.volumeMib());
        beyond(texts, "networks", more.networks(), then.networks(), limits.networks());
        return texts;
    }

    private static void beyond(List<String> texts, String what, long more, long then, Optional<Long> limit) {
        if (more > 0 && limit.isPresent() && then > limit.get()) {
            texts.add((then - more) + " of " + limit.get() + " " + what + " used, " + more + " more wanted");
        }
    }

    void giveBack(Handle sql, String owner, Optional<String> vo, Amount amount) {
        add(sql, owner, amount.back());
        vo.ifPresent(name -> {
            add(sql, name, "", amount.back());
            add(sql, name, owner, amount.back());
        });
    }

    /** What was made in the name of a virtual organisation, by one owner or, for an empty one, by all. */
    static Amount used(Handle sql, String vo, String owner) {
        return sql.createQuery("select machines, cores, memory_mib, volumes, volume_mib, networks from quota_use_vo"
                        + " where vo = :vo and owner = :owner")
                .bind("vo", vo)
                .bind("owner", owner)
                .map((row, context) -> amount(row))
                .findOne()
                .orElse(Amount.NONE);
    }

    private static Amount add(Handle sql, String owner, Amount amount) {
        return added(sql.createQuery(statement("quota_use", "owner", ":owner")).bind("owner", owner), amount);
    }

    private static Amount add(Handle sql, String vo, String owner, Amount amount) {
        return added(
                sql.createQuery(statement("quota_use_vo", "vo, owner", ":vo, :owner"))
                        .bind("vo", vo)
                        .bind("owner", owner),
                amount);
    }

    private static String statement(String table, String key, String values) {
        return "insert into " + table + " (" + key + ", machines, cores, memory_mib, volumes, volume_mib, networks)"
                + " values (" + values + ", :machines, :cores, :memory, :volumes, :volumeMib, :networks)"
                + " on conflict (" + key + ") do update set"
                + COLUMNS.stream()
                        .map(column -> " " + column + " = " + table + "." + column + " + excluded." + column)
                        .collect(Collectors.joining(","))
                + " returning " + String.join(", ", COLUMNS);
    }

    private static Amount added(Query query, Amount amount) {
        return query.bind("machines", amount.machines())
                .bind("cores", amount.cores())
                .bind("memory", amount.memoryMib())
                .bind("volumes", amount.volumes())
                .bind("volumeMib", amount.volumeMib())
                .bind("networks", amount.networks())
                .map((row, context) -> amount(row))
                .one();
    }

    private static Amount amount(ResultSet row) throws SQLException {
        return new Amount(
                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6));
    }
}
