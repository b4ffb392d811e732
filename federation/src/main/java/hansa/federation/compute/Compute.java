package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.cloud.Token;
import hansa.federation.accounts.LocalAccounts;
import hansa.federation.brokering.Brokering;
import hansa.federation.images.Images;
import hansa.federation.policy.Policy;
import hansa.federation.sites.CloudAccess;
import hansa.federation.sites.SiteSettings;
import hansa.federation.sites.Sites;
import hansa.federation.stored.Announcements;
import hansa.federation.vos.OrganisationQuotas;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.jobs.Lanes;
import hansa.kernel.store.Store;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Builds the services for machines, volumes, networks, links and tags, and the jobs behind them. */
public final class Compute {

    /** Where the migrations of this capability are on the class path. */
    public static final String MIGRATIONS = "db/migration/federation/compute";

    private static final int JOBS_AT_ONCE = 32;

    private final Store store;
    private final Jobs jobs;
    private final CloudAccess clouds;
    private final Clock clock;
    private final RoomTaken room;
    private final OrganisationUse use;
    private final MachineService machines;
    private final ExistingMachines existing;
    private final CloudUsage cloudUsage;
    private final RunningMachines running;
    private final VolumeService volumes;
    private final NetworkService networks;
    private final LinkService links;
    private final TagService tags;

    public Compute(
            Store store,
            Jobs jobs,
            Announcements announcements,
            Sites sites,
            CloudAccess clouds,
            Images images,
            Policy policy,
            SiteSettings settings,
            Quotas quotas,
            OrganisationQuotas organisations,
            LocalAccounts accounts,
            Clock clock) {
        this.store = store;
        this.jobs = jobs;
        this.clouds = clouds;
        this.clock = clock;
        Access access = new Access(policy);
        MachineShape machineShape = new MachineShape();
        VolumeShape volumeShape = new VolumeShape();
        NetworkShape networkShape = new NetworkShape();
        Records<Machine, MachineWork> machineRecords = new Records<>(machineShape, announcements, News::of);
        Records<Volume, VolumeWork> volumeRecords = new Records<>(volumeShape, announcements, News::of);
        Records<Network, NetworkWork> networkRecords = new Records<>(networkShape, announcements, News::of);
        QuotaUse quota = new QuotaUse(quotas, organisations);
        this.room = new RoomTaken(sites.stock());
        MachineWriter writer = new MachineWriter(
                store, jobs, machineRecords, volumeRecords, networkRecords.table(), images, quota, room, clock);
        Lookup<Machine, MachineWork> machineLookup = new Lookup<>(store, access, machineShape, machineRecords.table());
        NetworkReferences references = new NetworkReferences(access, networkRecords.table());
        int tries = settings.inventory().tries();
        Brokering brokering = new Brokering(sites.inventories(), clock);
        CloudChoice choice =
                new CloudChoice(access, sites, images, volumeRecords.table(), references, quota, brokering, tries);
        VolumePlugging plugging = new VolumePlugging(access, volumeRecords, clock);
        MachineCreation creation =
                new MachineCreation(machineRecords, networkRecords.table(), plugging, access, quota, room, clock);
        this.use = new OrganisationUse(store, organisations, images);
        this.machines = new MachineService(
                store,
                jobs,
                access,
                machineLookup,
                new MachineSets(store, jobs, access, creation, choice, writer, quota, tries),
                new Homecoming(access, sites, images, references, brokering),
                choice,
                writer,
                new MachineWishes(images, clouds),
                quota,
                clouds);
        OperatedClouds operated = new OperatedClouds(access, clouds);
        this.existing = new ExistingMachines(store, jobs, operated, clouds, machineRecords, quota, clock);
        this.cloudUsage = new CloudUsage(store, operated, clouds, machineRecords.table(), clock);
        this.running = new RunningMachines(store, writer);
        this.volumes = new VolumeService(
                store,
                jobs,
                access,
                new Lookup<>(store, access, volumeShape, volumeRecords.table()),
                volumeRecords,
                choice,
                new VolumeCopying(access, volumeRecords, choice, quota, clock),
                quota,
                clock);
        this.networks = new NetworkService(
                store,
                jobs,
                access,
                new Lookup<>(store, access, networkShape, networkRecords.table()),
                networkRecords,
                choice,
                quota,
                clock);
        this.links = new LinkService(
                store,
                jobs,
                access,
                machineLookup,
                new LinkLookup(access, machineRecords.table()),
                writer,
                creation,
                references,
                plugging,
                clouds);
        this.tags = new TagService(
                store, access, new TagBearers(access, machineRecords, volumeRecords, networkRecords, clock));
        MachineOrders orders = new MachineOrders(store, sites, images, volumeRecords.table(), networkRecords.table());
        MachineMoves moves =
                new MachineMoves(writer, clouds, networkRecords.table(), quota, sites.stock(), sites::siteOf, tries);
        jobs.register(
                MachineWriter.JOB,
                new MachineJob(
                        writer,
                        new MachineSteps(writer, orders, new MachineAccounts(writer, accounts), clouds, images, moves),
                        moves,
                        clouds),
                JOBS_AT_ONCE,
                byCloud("machine"));
        jobs.register(
                VolumeJob.JOB,
                new VolumeJob(
                        store,
                        jobs,
                        volumeRecords,
                        new VolumeCalls(store, volumeRecords.table(), clouds),
                        quota,
                        clock),
                JOBS_AT_ONCE,
                byCloud("volume"));
        jobs.register(
                NetworkJob.JOB,
                new NetworkJob(store, networkRecords, clouds, quota, clock),
                JOBS_AT_ONCE,
                byCloud("network"));
        jobs.register(
                Watching.JOB,
                new Watching(
                        store,
                        jobs,
                        sites,
                        clouds,
                        machineRecords.table(),
                        volumeRecords.table(),
                        networkRecords.table(),
                        writer,
                        existing,
                        settings.observeEvery(),
                        clock),
                1,
                sites.lanes());
        sites.onDescription(new NativeNetworks(networkRecords, clock));
    }

    /** A cloud that hangs keeps its own jobs waiting and nobody else's. */
    private Lanes byCloud(String table) {
        Set<String> names = clouds.names().stream().map(CloudName::value).collect(Collectors.toSet());
        return new Lanes(
                names,
                (sql, id) -> sql.createQuery("select cloud from " + table + " where id = :id")
                        .bind("id", id)
                        .map((row, context) -> row.getString(1))
                        .findOne());
    }

    /** The tokens of the machines that the store knows at a cloud. */
    public static Set<Token> tokens(Store store, CloudName cloud) {
        return store.read(sql -> new ResourceTable<>(new MachineShape()).tokens(sql, cloud));
    }

    /** Whether there is anything that was made in the name of a virtual organisation. */
    public static boolean madeInTheNameOf(Handle sql, String vo) {
        return Stream.of("machine", "volume", "network")
                .anyMatch(table -> sql.createQuery("select id from " + table + " where vo = :vo limit 1")
                        .bind("vo", vo)
                        .map((row, context) -> row.getString(1))
                        .findOne()
                        .isPresent());
    }

    /**
     * Whether somebody has machines at a cloud that were made in the name of a virtual organisation.
     *
     * @param otherThan the id of one that does not count; may be empty
     */
    public static boolean hasMachines(Handle sql, String owner, String vo, CloudName cloud, String otherThan) {
        return sql.createQuery("select id from machine where owner = :owner and vo = :vo and cloud = :cloud"
                        + " and id <> :other limit 1")
                .bind("owner", owner)
                .bind("vo", vo)
                .bind("cloud", cloud.value())
                .bind("other", otherThan)
                .map((row, context) -> row.getString(1))
                .findOne()
                .isPresent();
    }

    /** The account in whose name the machine of a token is; empty = the federation's own, or no machine. */
    public static Optional<String> accountOf(Handle sql, CloudName cloud, Token token) {
        ResourceTable<Machine, MachineWork> machines = new ResourceTable<>(new MachineShape());
        return machines.byToken(sql, cloud, token)
                .flatMap(id -> machines.read(sql, id))
                .flatMap(Machine::account);
    }

    /** Begins to watch the clouds. */
    public void start() {
        store.run(room::countAll);
        store.run(
                tx -> clouds.names().forEach(cloud -> jobs.schedule(tx, Watching.JOB, cloud.value(), clock.instant())));
    }

    public OrganisationUse organisationUse() {
        return use;
    }

    public MachineService machines() {
        return machines;
    }

    public ExistingMachines existing() {
        return existing;
    }

    public CloudUsage cloudUsage() {
        return cloudUsage;
    }

    public RunningMachines running() {
        return running;
    }

    public VolumeService volumes() {
        return volumes;
    }

    public NetworkService networks() {
        return networks;
    }

    public LinkService links() {
        return links;
    }

    public TagService tags() {
        return tags;
    }
}
