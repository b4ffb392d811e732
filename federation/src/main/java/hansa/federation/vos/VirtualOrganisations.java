package hansa.federation.vos;

import hansa.federation.identity.Memberships;
import hansa.federation.policy.Policy;
import hansa.federation.stored.Announcements;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import java.time.Clock;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.jdbi.v3.core.Handle;

/** Builds the services for virtual organisations, and the jobs behind them. */
public final class VirtualOrganisations {

    /** Where the migrations of this capability are on the class path. */
    public static final String MIGRATIONS = "db/migration/federation/vos";

    private final Organisations organisations;
    private final Members members;
    private final JoinRequests requests;
    private final OrganisationQuotas quotas;
    private final Mappings mappings;
    private final Standings standings;
    private final RememberedMemberships memberships;
    private final Roster roster = new Roster();
    private final Journal journal;

    /** @param used whether anything exists that was made in the name of a virtual organisation */
    public VirtualOrganisations(
            Store store,
            Jobs jobs,
            Announcements announcements,
            Policy policy,
            BiPredicate<Handle, String> used,
            Clock clock) {
        this.journal = new Journal(announcements);
        this.memberships = new RememberedMemberships(store, clock);
        journal.onChange(memberships::forget);
        this.organisations = new Organisations(store, policy, journal, used, clock);
        this.members = new Members(store, jobs, policy, journal, clock);
        this.requests = new JoinRequests(store, policy, members, journal, clock);
        this.quotas = new OrganisationQuotas(store, policy, journal);
        this.mappings = new Mappings(store, policy, journal, clock);
        policy.narrow(new MappingRules(memberships::rules));
        this.standings = new Standings(store, policy, clock);
        jobs.register(Lapsing.JOB, new Lapsing(store, jobs, journal, clock), 2);
    }

    public Organisations organisations() {
        return organisations;
    }

    public Members members() {
        return members;
    }

    public JoinRequests requests() {
        return requests;
    }

    public OrganisationQuotas quotas() {
        return quotas;
    }

    public Mappings mappings() {
        return mappings;
    }

    public Standings standings() {
        return standings;
    }

    /** Who the members are. */
    public Roster roster() {
        return roster;
    }

    /** Before the first change: runs in the unit of work of each change of an organisation, its members or its rules, with its name. */
    public void onChange(BiConsumer<Tx, String> listener) {
        journal.inside(listener);
    }

    /** Whatever is asked of memberships and rules next is compared with the store first. */
    public void lookAgain() {
        memberships.lookAgain();
    }

    /** What identity asks for groups and roles. */
    public Memberships memberships() {
        return memberships;
    }
}
