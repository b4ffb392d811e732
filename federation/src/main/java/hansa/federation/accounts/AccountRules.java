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
import hansa.protocols.voms.Fqan;
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

    private static final int MOST = 200;

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

    /** By cloud and group or role. @throws Failure {@code resource.not-found}, {@code policy.denied} */
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
     * @param fqan for whom it holds: a group or role of one organisation, whose plain group stands for all its members
     * @param push tell the cloud the members in advance; not with a pool, whose accounts belong to nobody in advance
     * @throws Failure {@code policy.denied}, {@code attribute.invalid}, {@code resource.changed}, {@code resource.not-found},
     *     {@code quota.exceeded}
     */
    public AccountRule put(
            Caller caller, Fqan fqan, CloudName cloud, Scheme scheme, boolean push, OptionalLong ifGeneration) {
        String vo = fqan.vo();
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
            long before = AccountRuleTable.find(tx.sql(), cloud, fqan)
                    .map(AccountRule::generation)
                    .orElse(0L);
            requireGeneration(fqan, cloud, ifGeneration, before);
            if (before == 0 && AccountRuleTable.of(tx.sql(), vo).size() >= MOST) {
                throw new Failure(
                        ErrorCode.QUOTA_EXCEEDED, "'" + vo + "' has " + MOST + " account rules, which is the limit.");
            }
            requireFree(tx, fqan, cloud, scheme);
            AccountRule fresh = new AccountRule(
                    vo,
                    cloud,
                    fqan,
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
                AccountMappingTable.resumeAll(tx.sql(), cloud, fqan);
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

    private static void requireGeneration(Fqan fqan, CloudName cloud, OptionalLong wanted, long there) {
        if (wanted.isPresent() && wanted.getAsLong() != there) {
            throw new Failure(
                    ErrorCode.RESOURCE_CHANGED,
                    "The account rule of '" + fqan + "' at '" + cloud
                            + "' changed in the meantime; read it and try again.");
        }
    }

    /** Only fixed accounts may be in several rules. */
    private static void requireFree(Tx tx, Fqan fqan, CloudName cloud, Scheme scheme) {
        for (AccountRule other : AccountRuleTable.at(tx.sql(), cloud)) {
            boolean bothFixed = scheme instanceof Fixed && other.scheme() instanceof Fixed;
            boolean disjoint = Collections.disjoint(named(scheme, fqan.vo()), named(other.scheme(), other.vo()));
            if (!other.fqan().equals(fqan) && !bothFixed && !disjoint) {
                throw new Failure(
                        ErrorCode.ATTRIBUTE_INVALID,
                        "An account is in the rule of '" + other.fqan() + "' for the same cloud; choose others.");
            }
        }
    }

    /** What it gives; of accounts on the fly that of one person stands for all. */
    private static List<String> named(Scheme scheme, String vo) {
        return switch (scheme) {
            case Fixed(String account) -> List.of(account);
            case OnTheFly onTheFly -> List.of(onTheFly.account(vo, "somebody"));
            case Pool pool -> pool.accounts();
        };
    }

    /**
     * Takes the rule away: a wider one holds from now on, and where there is none, machines are made in the federation's
     * name. Accounts at the cloud stay.
     */
    public void delete(Caller caller, Fqan fqan, CloudName cloud) {
        String vo = fqan.vo();
        store.run(tx -> {
            roster.require(tx.sql(), vo);
            policy.require(caller, Action.ACCOUNT_UPDATE, about(vo));
            if (AccountRuleTable.find(tx.sql(), cloud, fqan).isEmpty()) {
                throw new Failure(
                        ErrorCode.RESOURCE_NOT_FOUND,
                        "'" + fqan + "' has no account rule for '" + cloud + "'; 'hansa vo account-rules' shows them.");
            }
            AccountRuleTable.delete(tx.sql(), cloud, fqan);
            AccountMappingTable.resumeAll(tx.sql(), cloud, fqan);
        });
    }
}
