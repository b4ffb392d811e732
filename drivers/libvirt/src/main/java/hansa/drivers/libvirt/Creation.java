package hansa.drivers.libvirt;

import hansa.cloud.CloudException;
import hansa.cloud.HostGroup;
import hansa.cloud.MachineOrder;
import hansa.cloud.NicOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.Size;
import hansa.cloud.Token;
import hansa.drivers.libvirt.LibvirtImages.Base;
import hansa.drivers.libvirt.MachineSpec.PublishedPort;
import hansa.drivers.libvirt.MachineSpec.UserNic;
import hansa.drivers.libvirt.MachineSpec.VolumeDisk;
import hansa.drivers.libvirt.Machines.Machine;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes machines, so that a crash at any instant leaves something that is found and finished or cleared:
 * files with their mark, then the domain, then the start, then the mark away.
 */
final class Creation {

    private static final Logger LOG = LoggerFactory.getLogger(Creation.class);
    private static final long GIB = 1024L * 1024 * 1024;
    private static final int PORT_ATTEMPTS = 5;
    private static final String PORT_TAKEN = "Could not set up host forwarding rule";

    private final LibvirtSettings settings;
    private final Domains domains;
    private final Machines machines;
    private final LibvirtImages images;
    private final LibvirtVolumes volumes;
    private final Interfaces interfaces;
    private final QemuImg tool;
    private final Accelerator accelerator;
    private final InstantSource clock;
    private final PublishedPorts ports;
    private final Admission admission;
    private final Placement placement;
    private final Removal removal;
    private final Hosts hosts;

    Creation(
            LibvirtSettings settings,
            Domains domains,
            Machines machines,
            LibvirtImages images,
            LibvirtVolumes volumes,
            Interfaces interfaces,
            QemuImg tool,
            Accelerator accelerator,
            InstantSource clock,
            Admission admission,
            Placement placement,
            Removal removal,
            Hosts hosts) {
        this.settings = settings;
        this.domains = domains;
        this.machines = machines;
        this.images = images;
        this.volumes = volumes;
        this.interfaces = interfaces;
        this.tool = tool;
        this.accelerator = accelerator;
        this.clock = clock;
        this.admission = admission;
        this.placement = placement;
        this.removal = removal;
        this.hosts = hosts;
        this.ports = new PublishedPorts(settings);
    }

    Machine create(MachineOrder order, Optional<HostGroup> group) {
        RemoteId id = machines.id(order.token());
        return machines.holding(id, () -> {
            Optional<SeenDomain> there = domains.find(id.value());
            if (there.flatMap(machines::ours).isEmpty()) {
                if (there.isPresent()) {
                    throw new CloudException.Conflict("libvirt has a machine " + id + " that is not from here; "
                            + "two installations must not use the same tokens");
                }
                try {
                    make(order, group);
                } catch (CloudException.Unavailable e) {
                    // Perhaps it took effect: what is there stays, with its mark, for the next attempt.
                    if (hosts.remembered(id.value()).isEmpty()) {
                        placement.release(id.value());
                    }
                    throw e;
                } catch (CloudException refused) {
                    removal.remove(id, order.token());
                    throw refused;
                }
            }
            finish(id);
            return machines.require(id);
        });
    }

    /** Starts a machine whose making was cut short, as its creation would have; others are left as they are. */
    void finish(RemoteId id) {
        machines.hold(
                id,
                () -> machines.find(id)
                        .filter(m -> m.files().isInTheMaking() && !m.silent())
                        .ifPresent(machine -> {
                            switch (machine.state().state()) {
                                case BUILDING, FAILED -> startFirst(id);
                                case RUNNING, STOPPED, PAUSED, SAVED, BUSY -> {}
                            }
                            Folders.change("finish " + id, machine.files()::finished);
                        }));
    }

    private void startFirst(RemoteId id) {
        try {
            start(id);
            machines.forgetFailure(id);
        } catch (CloudException e) {
            machines.failed(id, e.text());
            throw e;
        }
    }

    /** As {@link #finish}; one that does not come up is shown with the reason. */
    void tryToFinish(RemoteId id) {
        try {
            finish(id);
        } catch (CloudException e) {
            LOG.warn("the half-made machine {} does not start: {}", id, e.text());
        }
    }

    /** Starts it; where another program took one of its published ports meanwhile, with other ports. */
    void start(RemoteId id) {
        for (int attempt = 1; ; attempt++) {
            try {
                domains.start(id.value());
                return;
            } catch (CloudException.Unavailable e) {
                if (attempt == PORT_ATTEMPTS || !e.text().contains(PORT_TAKEN)) {
                    throw e;
                }
                LOG.info("a published port of {} is taken by another program; choosing others", id);
                admission.oneAtATime(() -> {
                    Host host = hosts.of(id.value());
                    Xml moved = ports.moved(
                            domains.definition(id.value()), host.settings().forwardAddress(), Machines.everyones(host));
                    domains.define(id.value(), moved);
                });
            }
        }
    }

    private void make(MachineOrder order, Optional<HostGroup> group) {
        Base base = images.base(order.image());
        MachineFiles files = machines.files(order.token());
        volumes.free(order.volumes(), machines.id(order.token()));
        List<NicOrder> wanted = order.nics().isEmpty() ? List.of(defaultNic(order.token())) : order.nics();
        String name = DomainXml.domainName(order.token());
        Host host = host(name, order.size(), wanted, group);
        List<MachineSpec.Nic> nics =
                wanted.stream().map(nic -> interfaces.plan(nic, host)).toList();
        if (nics.size() > DomainXml.LAST_NIC_SLOT - DomainXml.FIRST_NIC_SLOT + 1) {
            throw new CloudException.InvalidRequest("a machine has at most 15 interfaces, not " + nics.size());
        }
        if (nics.stream().filter(UserNic.class::isInstance).count() > 1) {
            throw new CloudException.InvalidRequest("a machine has one interface on the network user, not several");
        }
        List<Path> isos = new ArrayList<>();
        Folders.change("make the files of " + order.token(), () -> {
            files.begin();
            tool.overlay(base.file(), base.format(), files.root(), diskBytes(order.size(), base));
            Folders.onlyForOwner(files.root());
            for (ContextIso.Kind kind : settings.contexts()) {
                ContextIso.plan(kind, order.token(), order.context()).write(files.iso(kind));
                isos.add(files.iso(kind));
            }
        });
        boolean kvm = accelerator.isKvm();
        admission.oneAtATime(() -> volumes.oneAtATime(() -> {
            admission.admit(order.size());
            List<VolumeDisk> disks = volumes.free(order.volumes(), machines.id(order.token()));
            List<DomainInfo> everyone = Machines.everyones(host);
            List<MachineSpec.Nic> published = nics.stream()
                    .map(nic -> nic instanceof UserNic(Token token, String mac, List<PublishedPort> _)
                            ? new UserNic(
                                    token, mac, ports.choose(host.settings().forwardAddress(), everyone))
                            : nic)
                    .toList();
            MachineSpec spec = new MachineSpec(
                    order.token(),
                    order.name(),
                    machines.folder(),
                    clock.instant(),
                    order.size(),
                    kvm,
                    order.image(),
                    files.root(),
                    base.file(),
                    base.format(),
                    isos,
                    files.console(),
                    published,
                    disks,
                    group);
            domains.define(host, name, DomainXml.domain(spec));
        }));
        placement.release(name);
    }

    private Host host(String name, Size size, List<NicOrder> nics, Optional<HostGroup> group) {
        if (!hosts.isPool()) {
            group.ifPresent(one -> placement.joinOnly(name, one));
            return hosts.all().getFirst();
        }
        Optional<Set<String>> connected = interfaces.hosts(nics);
        Optional<String> before = hosts.remembered(name);
        return hosts.named(group.map(one -> placement.reserve(name, size, connected, before, one))
                .orElseGet(() -> placement.reserve(name, size, connected, before)));
    }

    private NicOrder defaultNic(Token machine) {
        Token token = new Token("nic0-" + Digests.sha256Hex(machine.value()).substring(0, 24));
        return new NicOrder(token, settings.networks().getFirst().id(), Optional.empty(), Optional.empty());
    }

    static long diskBytes(Size size, Base base) {
        long wanted = size.diskGib() * GIB;
        if (wanted > 0 && wanted < base.virtualBytes()) {
            throw new CloudException.InvalidRequest(
                    "a root disk of " + size.diskGib() + " GiB is too small for the image, " + "which needs "
                            + Math.ceilDiv(base.virtualBytes(), GIB) + " GiB");
        }
        return Math.max(wanted, base.virtualBytes());
    }

    /** Finishes what a crash cut short, and clears away what it left without a machine. */
    void recover() {
        for (Machine machine : machines.all()) {
            if (machine.files().isInTheMaking() && !machine.silent()) {
                tryToFinish(machine.id());
            }
        }
        removal.clearAway();
    }
}
