package hansa.federation.accounts;

import hansa.cloud.Accounts;
import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import hansa.federation.policy.Policy;
import hansa.federation.sites.CloudAccess;
import hansa.federation.vos.Roster;
import hansa.federation.vos.VirtualOrganisations;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.jobs.Lanes;
import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import hansa.protocols.voms.Fqan;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Builds what is known of local accounts at clouds, and the jobs behind it. Thread-safe. */
public final class LocalAccounts {

    /** Where the migrations of this capability are on the class path. */
    public static final String MIGRATIONS = "db/migration/federation/accounts";

    private static final int PUSHES_AT_ONCE = 8;

    private final Store store;
    private final Jobs jobs;
    private final Roster roster;
    private final CloudAccess clouds;
    private final Leases leases;
    private final AccountRules rules;

    /** @param every how often clouds are compared with the members, and lent accounts looked at */
    public LocalAccounts(
            Store store,
            Jobs jobs,
            Policy policy,
            VirtualOrganisations vos,
            CloudAccess clouds,
            MachinesThere machines,
            Duration every,
            Clock clock) {
        this.store = store;
        this.jobs = jobs;
        this.roster = vos.roster();
        this.clouds = clouds;
        this.leases = new Leases(machines, clock);
        this.rules = new AccountRules(store, jobs, policy, roster, clouds, leases);
        vos.onChange(this::changed);
        jobs.register(Releasing.JOB, new Releasing(store, leases, every), 1);
        jobs.register(
                Pushing.JOB,
                new Pushing(store, roster, clouds, leases, every),
                PUSHES_AT_ONCE,
                new Lanes(
                        clouds.names().stream().map(CloudName::value).collect(Collectors.toSet()),
                        (_, subject) -> Optional.of(Pushing.cloud(subject).value())));
    }

    /** Begins to look at lent accounts and at clouds that are told members. */
    public void start() {
        store.run(tx -> {
            jobs.schedule(tx, Releasing.JOB, Releasing.ALL, leases.now());
            AccountRuleTable.pushed(tx.sql())
                    .forEach(rule -> jobs.schedule(tx, Pushing.JOB, Pushing.subject(rule), leases.now()));
        });
    }

    private void changed(Tx tx, String vo) {
        boolean there = roster.exists(tx.sql(), vo);
        for (AccountRule rule : AccountRuleTable.of(tx.sql(), vo)) {
            if (!there) {
                AccountRuleTable.delete(tx.sql(), rule.cloud(), rule.fqan());
            } else if (rule.push()) {
                AccountRuleTable.waits(tx.sql(), rule);
                jobs.schedule(tx, Pushing.JOB, Pushing.subject(rule), leases.now());
            }
        }
    }

    public AccountRules rules() {
        return rules;
    }

    /**
     * The account in whose name a person's new machine is made; empty where it is the federation's own. It is theirs as
     * long as the machine is there.
     *
     * @param fqans the groups and roles of the organisation with which they asked for the machine, the primary one
     *     first; they decide which rule holds
     * @param machine the id of the machine
     * @throws CloudException.NoCapacity when all accounts of the pool are lent
     * @throws CloudException.Conflict when somebody else has the account
     */
    public Optional<String> choose(String owner, List<Fqan> fqans, String vo, CloudName cloud, String machine) {
        if (store.read(sql -> AccountRuleTable.there(sql, vo, cloud))
                .deciding(vo, fqans)
                .isEmpty()) {
            return Optional.empty();
        }
        return store.write(tx -> leases.take(tx, owner, fqans, vo, cloud, machine))
                .mappingOrRefusal()
                .map(AccountMapping::account);
    }

    /**
     * Sees to it that the account is there.
     *
     * @throws CloudException what the cloud answers; {@code Unauthorised} where the person may not use it now
     */
    public void prepare(String owner, String vo, CloudName cloud, String account) {
        List<AccountMapping> held = store.read(sql -> AccountMappingTable.holders(sql, cloud, account)).stream()
                .filter(mapping ->
                        mapping.caller().equals(owner) && mapping.vo().equals(vo))
                .toList();
        if (!held.isEmpty() && held.stream().allMatch(AccountMapping::suspended)) {
            throw new CloudException.Unauthorised("the account '" + account + "' of '" + owner + "' is suspended");
        }
        boolean shared = held.stream().anyMatch(AccountMapping::shared);
        String displayName = shared ? vo : store.read(sql -> roster.name(sql, vo, owner));
        clouds.call(
                cloud,
                Accounts.class,
                "account-ensure",
                accounts -> accounts.ensure(account, displayName, Optional.of(vo)));
    }
}
