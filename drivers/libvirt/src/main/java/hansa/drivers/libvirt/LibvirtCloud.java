package hansa.drivers.libvirt;

import hansa.cloud.Adoption;
import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription;
import hansa.cloud.CloudException;
import hansa.cloud.Console;
import hansa.cloud.Facet;
import hansa.cloud.HostAffinity;
import hansa.cloud.HostGroup;
import hansa.cloud.ImageStore;
import hansa.cloud.MachineOrder;
import hansa.cloud.Networks;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Resizing;
import hansa.cloud.Snapshots;
import hansa.cloud.Token;
import hansa.cloud.VolumeCopies;
import hansa.cloud.Volumes;
import hansa.drivers.libvirt.HostCapacity.Look;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The libvirt hosts of one cloud, one or several, with one folder for what Hansa keeps there. */
final class LibvirtCloud implements Cloud {

    private static final Duration UPKEEP = Duration.ofSeconds(20);

    private final LibvirtSettings settings;
    private final Hosts hosts;
    private final HostCapacity capacity;
    private final Machines machines;
    private final Creation creation;
    private final Removal removal;
    private final Power power;
    private final MachineView view;
    private final LibvirtImages images;
    private final LibvirtVolumes volumes;
    private final LibvirtVolumeCopies copies;
    private final NetworkList networks;
    private final Map<Class<? extends Facet>, Facet> facets;
    private final Thread upkeep;

    LibvirtCloud(LibvirtSettings settings, PoolSettings pool, Path folder, InstantSource clock) {
        this.settings = settings;
        RebootWatch reboots = new RebootWatch();
        this.hosts = hosts(pool, settings.timeLimit(), folder, reboots);
        this.capacity = new HostCapacity(pool, folder);
        Domains domains = new Domains(hosts);
        NetworkPlaces places = places(pool.pool(), folder);
        QemuImg tool = new QemuImg(settings.copyLimit());
        this.machines = new Machines(domains, folder);
        Placement placement = new Placement(
                pool.pool() ? hosts.all().stream().map(this::room).toList() : List.of(),
                pool.policy(),
                new HostGroups(hosts.all().stream().map(Host::name).collect(Collectors.toSet()), this::grouped));
        this.view = new MachineView(hosts, places);
        this.images = new LibvirtImages(folder.resolve("images"), settings.imageFolder(), tool, machines);
        DiskCopying copying = new DiskCopying();
        CopyFiles copyFiles = new CopyFiles(folder.resolve("copies"), copying);
        VolumeFiles volumeFiles = new VolumeFiles(folder.resolve("volumes"), tool, copying);
        this.volumes =
                new LibvirtVolumes(volumeFiles, tool, domains, machines, settings.timeLimit(), copyFiles, copying);
        this.copies = new LibvirtVolumeCopies(
                copyFiles,
                volumeFiles,
                copying,
                volumes,
                machines,
                tool,
                new BackupJobs(domains),
                settings.copyLimit(),
                clock);
        this.networks = new NetworkList(settings, folder, places);
        Interfaces interfaces = new Interfaces(settings, networks, places, hosts, domains, machines);
        Accelerator accelerator = new Accelerator(settings.accelerator(), settings.probeKernel(), folder);
        Admission admission = new Admission(settings.limits(), machines);
        this.removal = new Removal(domains, machines, hosts, placement);
        this.creation = new Creation(
                settings,
                domains,
                machines,
                images,
                volumes,
                interfaces,
                tool,
                accelerator,
                clock,
                admission,
                placement,
                removal,
                hosts);
        this.power = new Power(settings, domains, machines, creation, reboots);
        LibvirtConsole console = new LibvirtConsole(machines);
        this.facets = Map.of(
                Adoption.class,
                new LibvirtAdoption(domains, machines, view, hosts, clock),
                Volumes.class,
                volumes,
                VolumeCopies.class,
                copies,
                Networks.class,
                new LibvirtNetworks(folder, networks, places, interfaces, machines),
                ImageStore.class,
                images,
                Console.class,
                console,
                Snapshots.class,
                new LibvirtSnapshots(domains, machines, settings.copyLimit()),
                Resizing.class,
                new LibvirtResizing(domains, machines, tool, admission, placement, view),
                HostAffinity.class,
                (HostAffinity) (order, group) -> create(order, Optional.of(group)));
        this.upkeep = Thread.ofVirtual().name("libvirt-consoles").start(() -> keepUp(console));
    }

    private static Hosts hosts(PoolSettings pool, Duration timeLimit, Path folder, RebootWatch reboots) {
        Path machinesFolder = folder.resolve("machines");
        Whereabouts whereabouts = new Whereabouts();
        if (pool.pool()) {
            whereabouts.load(Folders.look("read where machines are", () -> Folders.children(machinesFolder)).stream()
                    .map(own -> own.resolve(MachineFiles.PLACED))
                    .toList());
        }
        return new Hosts(
                pool.hosts().stream()
                        .map(host -> new Host(host, new Connection(host.uri(), timeLimit, reboots)))
                        .toList(),
                pool.pool(),
                machinesFolder,
                whereabouts,
                System::nanoTime);
    }

    private NetworkPlaces places(boolean pool, Path folder) {
        Path networksFolder = folder.resolve("networks");
        Whereabouts whereabouts = new Whereabouts();
        if (pool) {
            whereabouts.load(Folders.look("read where networks are", () -> Folders.children(networksFolder)).stream()
                    .filter(file -> file.toString().endsWith(".xml"))
                    .toList());
        }
        return new NetworkPlaces(hosts, networksFolder, whereabouts);
    }

    private HostRoom room(Host host) {
        return new HostRoom(host.name(), () -> capacity.occupancy(host.settings(), hosts.ask(host, Look::at)));
    }

    private static void keepUp(LibvirtConsole console) {
        try {
            while (true) {
                Thread.sleep(UPKEEP);
                console.trim();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public CloudDescription describe() {
        Map<Host, HostAnswer<Look>> looks = hosts.askAll(Look::at);
        Map<Host, HostAnswer<List<SeenDomain>>> domains = new LinkedHashMap<>();
        looks.forEach((host, answer) -> domains.put(host, answer.map(Look::domains)));
        return new CloudDescription(
                settings.flavours(),
                images.list(),
                networks.list(),
                settings.limits(),
                true,
                Admission.used(machines.of(hosts.merge(domains))),
                capacity.sum(looks));
    }

    private List<HostGroups.Member> grouped() {
        return machines.all().stream()
                .flatMap(machine -> machine.info().group().stream()
                        .map(group -> new HostGroups.Member(machine.id().value(), group, machine.host())))
                .toList();
    }

    @Override
    public RemoteMachine create(MachineOrder order) {
        return create(order, Optional.empty());
    }

    private RemoteMachine create(MachineOrder order, Optional<HostGroup> group) {
        order.account().ifPresent(account -> {
            throw new CloudException.InvalidRequest("libvirt has no accounts, so there is none '" + account + "'");
        });
        return view.show(creation.create(order, group));
    }

    @Override
    public Optional<RemoteMachine> findByToken(Token token) {
        creation.tryToFinish(machines.id(token));
        return machines.find(token).map(view::show);
    }

    @Override
    public RemoteMachine read(RemoteId machine) {
        return view.show(machines.require(machine));
    }

    @Override
    public List<RemoteMachine> list() {
        return view.show(machines.all());
    }

    @Override
    public void delete(RemoteId machine) {
        removal.delete(machine);
    }

    @Override
    public void power(RemoteId machine, PowerAction action) {
        power.act(machine, action);
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> facet) {
        return Optional.ofNullable(facets.get(facet)).map(facet::cast);
    }

    @Override
    public Recovery recover(Set<Token> known) {
        creation.recover();
        images.sweep();
        volumes.sweep();
        copies.recover();
        return Recovery.of(
                known,
                machines.all().stream().map(machine -> machine.info().token()).toList());
    }

    @Override
    public void close() {
        upkeep.interrupt();
        hosts.close();
    }
}
