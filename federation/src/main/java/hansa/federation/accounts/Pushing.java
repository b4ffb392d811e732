package hansa.federation.accounts;

import hansa.cloud.Accounts;
import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import hansa.cloud.RemoteAccount;
import hansa.federation.sites.CloudAccess;
import hansa.federation.vos.Roster;
import hansa.federation.vos.Roster.Person;
import hansa.kernel.jobs.JobHandler;
import hansa.kernel.jobs.Outcome;
import hansa.kernel.store.Store;
import hansa.protocols.voms.Fqan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Brings the accounts of a cloud in line with those members of a virtual organisation for whom a rule holds: looks at
 * both and does what is missing, so that it may end anywhere and begin again. Touches only accounts that somebody has,
 * or had, by the rule. Who loses the group or role that the rule names is as good as gone.
 */
final class Pushing implements JobHandler {

    static final String JOB = "account-push";

    private static final int LONGEST_REASON = 1_000;

    private final Store store;
    private final Roster roster;
    private final CloudAccess clouds;
    private final Leases leases;
    private final Duration every;

    Pushing(Store store, Roster roster, CloudAccess clouds, Leases leases, Duration every) {
        this.store = store;
        this.roster = roster;
        this.clouds = clouds;
        this.leases = leases;
        this.every = every;
    }

    static String subject(AccountRule rule) {
        return rule.cloud() + rule.fqan().toString();
    }

    static CloudName cloud(String subject) {
        return new CloudName(subject.substring(0, subject.indexOf('/')));
    }

    @Override
    public Outcome run(String subject, int attempt) {
        CloudName cloud = cloud(subject);
        Fqan fqan = Fqan.parse(subject.substring(subject.indexOf('/')));
        Optional<AccountRule> rule =
                store.read(sql -> AccountRuleTable.find(sql, cloud, fqan)).filter(AccountRule::push);
        if (rule.isEmpty()) {
            return Outcome.DONE;
        }
        try {
            List<CloudException> refused = new ArrayList<>();
            long left = push(rule.get(), refused);
            if (!refused.isEmpty()) {
                String first = refused.getFirst().text();
                told(
                        rule.get(),
                        PushState.FAILING,
                        refused.size() + " of the accounts at '" + cloud
                                + "' could not be brought in line, the first because " + first + "; the others are.");
                return new Outcome.Retry(first);
            }
            told(
                    rule.get(),
                    PushState.DONE,
                    left == 0
                            ? ""
                            : left
                                    + " accounts of people who left are suspended and stay until their machines are gone.");
            return new Outcome.Again(every);
        } catch (CloudException e) {
            told(rule.get(), PushState.FAILING, "The cloud '" + cloud + "' could not be told: " + e.text() + ".");
            return new Outcome.Retry(e.text());
        }
    }

    private void told(AccountRule rule, PushState state, String reason) {
        String cut = reason.substring(0, Math.min(LONGEST_REASON, reason.length()));
        store.run(tx -> AccountRuleTable.told(tx.sql(), rule, state, cut, leases.now()));
    }

    /** An account that shall be there. */
    private record Wanted(String displayName, boolean usable) {}

    /**
     * What is refused of one account leaves the others alone; what concerns the cloud as a whole ends it all.
     *
     * @param refused gets what was refused
     */
    private static void alone(List<CloudException> refused, Runnable work) {
        try {
            work.run();
        } catch (CloudException.Unavailable | CloudException.Unauthorised e) {
            throw e;
        } catch (CloudException e) {
            refused.add(e);
        }
    }

    /** How many accounts have to stay although they should go. */
    private long push(AccountRule rule, List<CloudException> refused) {
        Map<String, Person> people = people(rule);
        Map<String, AccountMapping> held = new HashMap<>();
        Map<String, Boolean> elsewhere = new HashMap<>();
        look(rule, held, elsewhere);
        people.forEach((caller, person) -> {
            Optional<AccountMapping> had = Optional.ofNullable(held.get(caller));
            boolean fits = had.filter(mapping -> Leases.fits(rule, mapping)).isPresent();
            if (person.active() && !fits) {
                alone(
                        refused,
                        () -> store.write(tx -> leases.takeBy(tx, caller, rule.cloud(), rule.fqan()))
                                .mappingOrRefusal()
                                .ifPresent(mapping -> held.put(caller, mapping)));
            }
        });
        mark(people, held);
        Map<String, Wanted> wanted = wanted(rule, people, held, elsewhere);
        Map<String, RemoteAccount> there = new LinkedHashMap<>();
        ask(rule, "account-list", Accounts::list).forEach(account -> there.put(account.name(), account));
        wanted.forEach((name, account) ->
                alone(refused, () -> set(rule, name, account, Optional.ofNullable(there.get(name)))));
        AtomicLong left = new AtomicLong();
        Set<String> ours = store.read(sql -> AccountMappingTable.everAt(sql, rule.cloud(), rule.fqan()));
        for (RemoteAccount account : there.values()) {
            boolean leaves = ours.contains(account.name())
                    && account.vo().equals(Optional.of(rule.vo()))
                    && !wanted.containsKey(account.name())
                    && !elsewhere.containsKey(account.name());
            if (leaves) {
                alone(refused, () -> left.addAndGet(removed(rule, account) ? 0 : 1));
            }
        }
        for (AccountMapping mapping : held.values()) {
            if (!people.containsKey(mapping.caller()) && !store.write(tx -> leases.end(tx, mapping))) {
                left.addAndGet(mapping.shared() ? 1 : 0);
            }
        }
        return left.get();
    }

    private Map<String, Person> people(AccountRule rule) {
        Map<String, Person> people = new LinkedHashMap<>();
        String after = "";
        while (true) {
            String from = after;
            List<Person> page = store.read(sql -> roster.page(sql, rule.vo(), from, leases.now()));
            if (page.isEmpty()) {
                return people;
            }
            page.stream()
                    .filter(person -> person.satisfies(rule.fqan()))
                    .forEach(person -> people.put(person.caller(), person));
            after = page.getLast().caller();
        }
    }

    /**
     * What the organisation's people have there.
     *
     * @param held gets what they have by this rule, by person
     * @param elsewhere gets the accounts that they have by other rules, and whether one of them may use it
     */
    private void look(AccountRule rule, Map<String, AccountMapping> held, Map<String, Boolean> elsewhere) {
        for (AccountMapping mapping : store.read(sql -> AccountMappingTable.heldAt(sql, rule.vo(), rule.cloud()))) {
            if (mapping.fqan().equals(rule.fqan())) {
                held.put(mapping.caller(), mapping);
            } else {
                elsewhere.merge(mapping.account(), !mapping.suspended(), Boolean::logicalOr);
            }
        }
    }

    /** First here and then at the cloud, so that no machine wakes an account that is being suspended. */
    private void mark(Map<String, Person> people, Map<String, AccountMapping> held) {
        List<AccountMapping> different = new ArrayList<>();
        for (AccountMapping mapping : held.values()) {
            if (mapping.suspended() == isActive(people, mapping)) {
                different.add(mapping);
            }
        }
        for (AccountMapping mapping : different) {
            store.run(tx -> AccountMappingTable.suspend(tx.sql(), mapping, !mapping.suspended()));
        }
    }

    private static boolean isActive(Map<String, Person> people, AccountMapping mapping) {
        Person person = people.get(mapping.caller());
        return person != null && person.active();
    }

    private static Map<String, Wanted> wanted(
            AccountRule rule,
            Map<String, Person> people,
            Map<String, AccountMapping> held,
            Map<String, Boolean> elsewhere) {
        Map<String, Wanted> wanted = new LinkedHashMap<>();
        for (AccountMapping mapping : held.values()) {
            Person person = people.get(mapping.caller());
            if (person != null) {
                String name = mapping.shared() ? rule.vo() : person.name();
                boolean usable = person.active() || elsewhere.getOrDefault(mapping.account(), false);
                wanted.merge(
                        mapping.account(),
                        new Wanted(name, usable),
                        (one, other) -> new Wanted(name, one.usable() || other.usable()));
            }
        }
        return wanted;
    }

    private void set(AccountRule rule, String name, Wanted wanted, Optional<RemoteAccount> there) {
        if (wanted.usable()) {
            boolean foreign = there.filter(account -> !account.vo().equals(Optional.of(rule.vo())))
                    .isPresent();
            boolean right = there.filter(account -> !account.suspended())
                    .filter(account -> foreign || account.displayName().equals(wanted.displayName()))
                    .isPresent();
            if (!right) {
                ask(
                        rule,
                        "account-ensure",
                        accounts -> accounts.ensure(name, wanted.displayName(), Optional.of(rule.vo())));
            }
        } else if (there.filter(account -> !account.suspended()).isPresent()) {
            suspend(rule, name);
        }
    }

    private void suspend(AccountRule rule, String name) {
        ask(rule, "account-suspend", accounts -> {
            accounts.suspend(name);
            return true;
        });
    }

    private boolean removed(AccountRule rule, RemoteAccount account) {
        try {
            return ask(rule, "account-remove", accounts -> {
                accounts.remove(account.name());
                return true;
            });
        } catch (CloudException.Conflict hasMachines) {
            if (!account.suspended()) {
                suspend(rule, account.name());
            }
            return false;
        }
    }

    private <T> T ask(AccountRule rule, String verb, Function<Accounts, T> work) {
        return clouds.call(rule.cloud(), Accounts.class, verb, work);
    }
}
