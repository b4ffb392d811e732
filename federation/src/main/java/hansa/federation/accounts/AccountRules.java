package hansa.federation.accounts;

import hansa.cloud.Accounts;
import hansa.cloud.CloudName;
import hansa.federation.accounts.Scheme.Fixed;
import hansa.federation.accounts.Scheme.OnTheFly;
import hansa.federation.accounts.Scheme.Pool;
import hansa.federation.caller.Caller;
import hansa.federation.listing.Page;
import hansa.federation.policy.Action;
import hansa.federation.policy.Policy;
import hansa.federation.sites.CloudAccess;
import hansa.federation.vos.Roster;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import hansa.policy.AccessRequest.Resource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The rules by which members of virtual organisations come to accounts at clouds, and who has, and had, which one. For
 * operators; managers and auditors of an organisation may look. Thread-safe.
 */
public final class AccountRules {

    private final Store store;
    private final Jobs jobs;
    private final Policy policy;
    private final Roster roster;
    private final CloudAccess clouds;
    private final Leases leases;

    AccountRules(Store store, Jobs jobs, Policy policy, Roster roster, CloudAccess clouds, Leases leases) {
        this.store = store;
        this.jobs = jobs;
        this.policy = policy;
        this.roster = roster;
        this.clouds = clouds;
        this.leases = leases;
    }

    private static Resource about(String vo) {
        return new Resource("account", "", Optional.empty(), Optional.of(vo), Map.of());
    }

    /** By cloud. @throws Failure {@code resource.not-found}, {@code policy.denied} */
    public List<AccountRule> list(Caller caller, String vo) {
        return store.read(sql -> {
            roster.require(sql, vo);
            policy.require(caller, Action.ACCOUNT_READ, about(vo));
            return AccountRuleTable.of(sql, vo);
        });
    }

    /**
     * Who has which account in the organisation's name, in the order in which they began.
     *
     * @param ended whether those too that are over
     * @throws Failure {@code resource.not-found}, {@code policy.denied}
     */
    public List<AccountMapping> mappings(Caller caller, String vo, boolean ended, Page page) {
        return store.read(sql -> {
            roster.require(sql, vo);
            policy.require(caller, Action.ACCOUNT_READ, about(vo));
            return AccountMappingTable.page(sql, vo, ended, page);
        });
    }

    /**
     * Makes the rule for a cloud, or sets all of it. Who has machines there keeps their account until those are gone.
     *
     * @param push tell the cloud the members in advance; not with a pool, whose accounts belong to nobody in advance
     * @throws Failure {@code policy.denied}, {@code attribute.invalid}, {@code resource.changed}, {@code resource.not-found}
     */
    public AccountRule put(
            Caller caller, String vo, CloudName cloud, Scheme scheme, boolean push, OptionalLong ifGeneration) {
        return store.write(tx -> {
            tx.lock("accounts " + cloud);
            roster.require(tx.sql(), vo);
            policy.require(caller, Action.ACCOUNT_UPDATE, about(vo));
            requireCloud(cloud);
            if (push && scheme instanceof Pool) {
                throw new Failure(
                        ErrorCode.ATTRIBUTE_INVALID,
                        "Accounts of a pool are lent when they are needed and cannot be pushed; leave out 'push' or use a"
                                + " template.");
            }
            long before = AccountRuleTable.find(tx.sql(), vo, cloud)
                    .map(AccountRule::generation)
                    .orElse(0L);
            requireGeneration(vo, cloud, ifGeneration, before);
            requireFree(tx, vo, cloud, scheme);
            AccountRule fresh = new AccountRule(
                    vo,
                    cloud,
                    scheme,
                    push,
                    push ? PushState.WAITING : PushState.OFF,
                    "",
                    Optional.empty(),
                    leases.now(),
                    before + 1);
            AccountRuleTable.put(tx.sql(), fresh);
            if (push) {
                jobs.schedule(tx, Pushing.JOB, Pushing.subject(fresh), leases.now());
            } else {
                AccountMappingTable.resumeAll(tx.sql(), vo, cloud);
            }
            return fresh;
        });
    }

    private void requireCloud(CloudName cloud) {
        if (!clouds.names().contains(cloud)) {
            throw new Failure(
                    ErrorCode.RESOURCE_NOT_FOUND, "There is no cloud '" + cloud + "'; 'hansa cloud list' shows them.");
        }
        if (!clouds.has(cloud, Accounts.class)) {
            throw new Failure(
                    ErrorCode.ATTRIBUTE_INVALID,
                    "The cloud '" + cloud + "' has no accounts; machines there are made in the federation's name.");
        }
    }

    private static void requireGeneration(String vo, CloudName cloud, OptionalLong wanted, long there) {
        if (wanted.isPresent() && wanted.getAsLong() != there) {
            throw new Failure(
                    ErrorCode.RESOURCE_CHANGED,
                    "The account rule of '" + vo + "' at '" + cloud
                            + "' changed in the meantime; read it and try again.");
        }
    }

    /** Only fixed accounts may be in the rules of several organisations. */
    private static void requireFree(Tx tx, String vo, CloudName cloud, Scheme scheme) {
        for (AccountRule other : AccountRuleTable.at(tx.sql(), cloud)) {
            boolean bothFixed = scheme instanceof Fixed && other.scheme() instanceof Fixed;
            if (!other.vo().equals(vo) && !bothFixed && !Collections.disjoint(named(scheme), named(other.scheme()))) {
                throw new Failure(
                        ErrorCode.ATTRIBUTE_INVALID,
                        "An account is in the rule of '" + other.vo() + "' for the same cloud; choose others.");
            }
        }
    }

    private static List<String> named(Scheme scheme) {
        return switch (scheme) {
            case Fixed(String account) -> List.of(account);
            case OnTheFly _ -> List.of();
            case Pool pool -> pool.accounts();
        };
    }

    /** Takes the rule away: machines are made in the federation's name from now on. Accounts at the cloud stay. */
    public void delete(Caller caller, String vo, CloudName cloud) {
        store.run(tx -> {
            roster.require(tx.sql(), vo);
            policy.require(caller, Action.ACCOUNT_UPDATE, about(vo));
            if (AccountRuleTable.find(tx.sql(), vo, cloud).isEmpty()) {
                throw new Failure(
                        ErrorCode.RESOURCE_NOT_FOUND,
                        "'" + vo + "' has no account rule for '" + cloud + "'; 'hansa vo account-rules' shows them.");
            }
            AccountRuleTable.delete(tx.sql(), vo, cloud);
            AccountMappingTable.resumeAll(tx.sql(), vo, cloud);
        });
    }
}
