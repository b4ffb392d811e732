package hansa.federation.accounts;

import hansa.cloud.CloudName;
import hansa.federation.accounts.Scheme.Fixed;
import hansa.federation.accounts.Scheme.OnTheFly;
import hansa.federation.accounts.Scheme.Pool;
import hansa.kernel.store.Tx;
import hansa.protocols.voms.Fqan;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Gives accounts to people and takes them back. Nobody loses an account while they have machines at the cloud, whatever
 * becomes of the rule, and so nobody gets one under which somebody else's machines run.
 */
final class Leases {

    private final MachinesThere machines;
    private final Clock clock;

    Leases(MachinesThere machines, Clock clock) {
        this.machines = machines;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * The account under which the person works there, a new one where they have none: by the rule that decides about
     * them, and by no other where that one has none left.
     *
     * @param fqans with which they act
     * @param machine the id of the one that it is for; empty where it is for none
     */
    Lease take(Tx tx, String caller, List<Fqan> fqans, String vo, CloudName cloud, String machine) {
        tx.lock("accounts " + cloud);
        return AccountRuleTable.there(tx.sql(), vo, cloud)
                .deciding(vo, fqans)
                .map(rule -> taken(tx.sql(), caller, rule, machine, now()))
                .orElseGet(Lease.NoRule::new);
    }

    /** The account that the person has by the rule for that group or role, for no machine yet. */
    Lease takeBy(Tx tx, String caller, CloudName cloud, Fqan fqan) {
        tx.lock("accounts " + cloud);
        return AccountRuleTable.find(tx.sql(), cloud, fqan)
                .map(rule -> taken(tx.sql(), caller, rule, "", now()))
                .orElseGet(Lease.NoRule::new);
    }

    private Lease taken(Handle sql, String caller, AccountRule rule, String machine, Instant now) {
        String vo = rule.vo();
        CloudName cloud = rule.cloud();
        Scheme scheme = rule.scheme();
        Optional<AccountMapping> held = AccountMappingTable.held(sql, caller, cloud, rule.fqan());
        if (held.isPresent()) {
            AccountMapping mapping = held.get();
            boolean becomesShared = scheme instanceof Fixed && scheme.gives(mapping.account(), vo, caller);
            if (fits(rule, mapping) || !becomesShared && machines.any(sql, caller, vo, cloud, machine)) {
                AccountMappingTable.used(sql, mapping, now);
                return new Lease.Held(mapping);
            }
            AccountMappingTable.end(sql, mapping, now);
        }
        Optional<String> free = switch (scheme) {
            case Fixed(String name) -> Optional.of(name);
            case OnTheFly onTheFly -> Optional.of(onTheFly.account(vo, caller));
            case Pool pool -> free(sql, vo, cloud, pool, now);
        };
        if (free.isEmpty()) {
            return new Lease.Exhausted("all accounts of the pool of '" + rule.fqan() + "' are lent");
        }
        String account = free.get();
        boolean shared = scheme instanceof Fixed;
        List<AccountMapping> inTheWay = AccountMappingTable.holders(sql, cloud, account).stream()
                .filter(holder -> !shared || !holder.shared())
                .toList();
        boolean own = inTheWay.stream()
                .allMatch(
                        holder -> holder.caller().equals(caller) && holder.vo().equals(vo));
        if (!own) {
            return new Lease.Taken("the account '" + account + "' is somebody else's");
        }
        // What they had by another rule goes on by this one.
        inTheWay.forEach(holder -> AccountMappingTable.end(sql, holder, now));
        return new Lease.Held(AccountMappingTable.begin(sql, caller, cloud, rule.fqan(), account, shared, now));
    }

    /** Whether the rule would give it as it is. */
    static boolean fits(AccountRule rule, AccountMapping mapping) {
        return rule.scheme().gives(mapping.account(), mapping.vo(), mapping.caller())
                && mapping.shared() == rule.scheme() instanceof Fixed;
    }

    private Optional<String> free(Handle sql, String vo, CloudName cloud, Pool pool, Instant now) {
        for (String account : pool.accounts()) {
            if (AccountMappingTable.holders(sql, cloud, account).isEmpty()) {
                return Optional.of(account);
            }
        }
        for (AccountMapping lent : AccountMappingTable.heldAt(sql, vo, cloud)) {
            if (pool.accounts().contains(lent.account()) && released(sql, lent, Optional.of(pool), now)) {
                return Optional.of(lent.account());
            }
        }
        return Optional.empty();
    }

    /** Takes one back that is not needed any more, and notes whether it is. */
    void look(Tx tx, AccountMapping seen) {
        tx.lock("accounts " + seen.cloud());
        AccountMappingTable.held(tx.sql(), seen.caller(), seen.cloud(), seen.fqan())
                .filter(mapping -> mapping.id().equals(seen.id()))
                .ifPresent(mapping -> {
                    Optional<Pool> pool = AccountRuleTable.find(tx.sql(), mapping.cloud(), mapping.fqan())
                            .map(AccountRule::scheme)
                            .filter(Pool.class::isInstance)
                            .map(Pool.class::cast);
                    released(tx.sql(), mapping, pool, now());
                });
    }

    private boolean released(Handle sql, AccountMapping mapping, Optional<Pool> pool, Instant now) {
        if (machines.any(sql, mapping.caller(), mapping.vo(), mapping.cloud(), "")) {
            AccountMappingTable.used(sql, mapping, now);
            return false;
        }
        boolean kept = pool.filter(still -> still.accounts().contains(mapping.account()))
                .filter(still -> now.isBefore(mapping.used().plus(still.idle())))
                .isPresent();
        if (!kept) {
            AccountMappingTable.end(sql, mapping, now);
        }
        return !kept;
    }

    /** Takes the account from somebody who has no business there any more; whether they had no machines. */
    boolean end(Tx tx, AccountMapping mapping) {
        tx.lock("accounts " + mapping.cloud());
        if (machines.any(tx.sql(), mapping.caller(), mapping.vo(), mapping.cloud(), "")) {
            return false;
        }
        AccountMappingTable.end(tx.sql(), mapping, now());
        return true;
    }
}
