package hansa.federation;

import hansa.cloud.CloudName;
import hansa.federation.accounts.LocalAccounts;
import hansa.federation.compute.CloudUsage;
import hansa.federation.compute.Compute;
import hansa.federation.compute.ExistingMachines;
import hansa.federation.compute.LinkService;
import hansa.federation.compute.MachineService;
import hansa.federation.compute.NetworkService;
import hansa.federation.compute.OrganisationUse;
import hansa.federation.compute.TagService;
import hansa.federation.compute.VolumeService;
import hansa.federation.control.Control;
import hansa.federation.identity.Identity;
import hansa.federation.identity.Verifiers;
import hansa.federation.images.Images;
import hansa.federation.policies.Policies;
import hansa.federation.policy.Policy;
import hansa.federation.sites.CloudAccess;
import hansa.federation.sites.OpenedCloud;
import hansa.federation.sites.Sites;
import hansa.federation.stored.Announcements;
import hansa.federation.vos.VirtualOrganisations;
import hansa.kernel.bus.Outbox;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The capabilities, put together.
 *
 * <p>Life cycle: constructor, which registers the jobs → {@link #start} → {@link Jobs#start}. There is nothing to close:
 * store, jobs, outbox and clouds belong to who brought them. Thread-safe.
 */
public final class Federation {

    private final VirtualOrganisations vos;
    private final Identity identity;
    private final Sites sites;
    private final LocalAccounts accounts;
    private final Images images;
    private final Compute compute;
    private final Control control;

    /**
     * @param clouds opened ones, in configured order
     * @param policy what callers may
     * @param verifiers for credentials that the installation did not give out itself
     */
    public Federation(
            Store store,
            Jobs jobs,
            Outbox outbox,
            Map<CloudName, OpenedCloud> clouds,
            FederationSettings settings,
            Policy policy,
            Verifiers verifiers,
            Clock clock,
            MeterRegistry meters) {
        Announcements announcements = new Announcements(outbox, clock);
        CloudAccess access =
                new CloudAccess(clouds, settings.sites(), cloud -> Compute.tokens(store, cloud), clock, meters);
        this.vos = new VirtualOrganisations(store, jobs, announcements, policy, Compute::madeInTheNameOf, clock);
        this.identity = new Identity(store, settings.identity(), policy, verifiers, vos.memberships(), clock, meters);
        this.sites = new Sites(store, policy, jobs, access, settings.sites(), clock);
        this.accounts = new LocalAccounts(
                store,
                jobs,
                policy,
                vos,
                access,
                Compute::hasMachines,
                settings.sites().describeEvery(),
                clock);
        this.images =
                new Images(store, policy, jobs, announcements, sites, access, vos.quotas(), settings.images(), clock);
        this.compute = new Compute(
                store,
                jobs,
                announcements,
                sites,
                access,
                images,
                policy,
                settings.sites(),
                settings.quotas(),
                vos.quotas(),
                accounts,
                clock);
        this.control = new Control(
                store,
                jobs,
                announcements,
                policy,
                identity::lastKnown,
                vos::lookAgain,
                compute.running(),
                compute.machines(),
                settings.control(),
                clock,
                meters);
        vos.onChange((tx, _) -> control.lookAfter(tx));
    }

    /** Where the migrations of all capabilities are on the class path. */
    public static List<String> migrations() {
        return List.of(
                Identity.MIGRATIONS,
                VirtualOrganisations.MIGRATIONS,
                Sites.MIGRATIONS,
                LocalAccounts.MIGRATIONS,
                Images.MIGRATIONS,
                Compute.MIGRATIONS,
                Policies.MIGRATIONS,
                Control.MIGRATIONS);
    }

    /** Writes the configured clouds down, waits a moment for new ones to tell what they offer, and begins to watch. */
    public void start() {
        sites.start();
        accounts.start();
        compute.start();
        control.start();
    }

    public Identity identity() {
        return identity;
    }

    public VirtualOrganisations vos() {
        return vos;
    }

    public Sites sites() {
        return sites;
    }

    public LocalAccounts accounts() {
        return accounts;
    }

    public Images images() {
        return images;
    }

    public OrganisationUse organisationUse() {
        return compute.organisationUse();
    }

    public Control control() {
        return control;
    }

    public MachineService machines() {
        return compute.machines();
    }

    public ExistingMachines existingMachines() {
        return compute.existing();
    }

    public CloudUsage cloudUsage() {
        return compute.cloudUsage();
    }

    public VolumeService volumes() {
        return compute.volumes();
    }

    public NetworkService networks() {
        return compute.networks();
    }

    public LinkService links() {
        return compute.links();
    }

    public TagService tags() {
        return compute.tags();
    }
}
