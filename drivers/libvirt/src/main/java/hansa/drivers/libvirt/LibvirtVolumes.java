package hansa.drivers.libvirt;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume;
import hansa.cloud.RemoteVolume.VolumeState;
import hansa.cloud.Token;
import hansa.cloud.Volumes;
import hansa.drivers.libvirt.DomainInfo.Disk;
import hansa.drivers.libvirt.MachineSpec.VolumeDisk;
import hansa.drivers.libvirt.Machines.Machine;
import hansa.drivers.libvirt.VolumeFiles.Stored;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Volumes, and which machine holds which. */
final class LibvirtVolumes implements Volumes {

    private static final Logger LOG = LoggerFactory.getLogger(LibvirtVolumes.class);
    private static final long MOST_MIB = 64L * 1024 * 1024;
    private static final Duration POLL = Duration.ofMillis(200);

    /** A guest that is still booting misses the request to let go; so it is made again. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(3);

    private final VolumeFiles files;
    private final QemuImg tool;
    private final Domains domains;
    private final Machines machines;
    private final Duration timeLimit;
    private final CopyFiles copies;
    private final DiskCopying copying;

    /** Who holds a volume is decided by one caller at a time. */
    private final ReentrantLock holders = new ReentrantLock();

    LibvirtVolumes(
            VolumeFiles files,
            QemuImg tool,
            Domains domains,
            Machines machines,
            Duration timeLimit,
            CopyFiles copies,
            DiskCopying copying) {
        this.files = files;
        this.tool = tool;
        this.domains = domains;
        this.machines = machines;
        this.timeLimit = timeLimit;
        this.copies = copies;
        this.copying = copying;
    }

    private Path disk(Token token) {
        return files.disk(VolumeFiles.id(token));
    }

    @Override
    public RemoteVolume create(Token token, String name, long sizeMib) {
        checkSize(sizeMib);
        return machines.holding(VolumeFiles.id(token), () -> {
            Optional<RemoteVolume> there = findByToken(token);
            if (there.isPresent()) {
                return there.get();
            }
            files.create(token, name, sizeMib);
            return read(VolumeFiles.id(token));
        });
    }

    static void checkSize(long sizeMib) {
        if (sizeMib < 1 || sizeMib > MOST_MIB) {
            throw new CloudException.InvalidRequest("a volume has 1 MiB to 64 TiB, not " + sizeMib + " MiB");
        }
    }

    private static RemoteVolume remote(Stored stored, List<Machine> known) {
        Optional<RemoteId> holder = known.stream()
                .filter(m ->
                        m.info().volumes().stream().anyMatch(d -> d.volume().equals(stored.token())))
                .map(Machine::id)
                .findFirst();
        return new RemoteVolume(
                VolumeFiles.id(stored.token()),
                Optional.of(stored.token()),
                stored.name(),
                stored.sizeMib(),
                stored.state(),
                stored.message(),
                holder);
    }

    /** One that is whole, and that nothing is reading or writing behind the machines' backs. */
    RemoteVolume ready(RemoteId volume) {
        RemoteVolume there = read(volume);
        if (there.state() != VolumeState.ONLINE) {
            throw new CloudException.Conflict("the volume " + volume + " is not ready"
                    + (there.message().isEmpty() ? "" : ": " + there.message()));
        }
        requireNotCopied(volume);
        return there;
    }

    private void requireNotCopied(RemoteId volume) {
        if (copying.isReading(volume) || copying.isMaking(volume)) {
            throw new CloudException.Conflict("the volume " + volume + " is being copied; try again later");
        }
    }

    @Override
    public Optional<RemoteVolume> findByToken(Token token) {
        return find(VolumeFiles.id(token));
    }

    @Override
    public RemoteVolume read(RemoteId volume) {
        return find(volume).orElseThrow(() -> new CloudException.NotFound("there is no volume " + volume + " here"));
    }

    private Optional<RemoteVolume> find(RemoteId volume) {
        return files.find(volume).map(stored -> remote(stored, machines.all()));
    }

    @Override
    public List<RemoteVolume> list() {
        List<Machine> known = machines.all();
        return files.all().stream().map(stored -> remote(stored, known)).toList();
    }

    @Override
    public void delete(RemoteId volume) {
        machines.hold(volume, () -> {
            holders.lock();
            try {
                Optional<RemoteVolume> there = find(volume);
                if (there.isEmpty()) {
                    return;
                }
                there.get().attachedTo().ifPresent(holder -> {
                    throw new CloudException.Conflict(
                            "the volume " + volume + " is attached to " + holder + "; detach it first");
                });
                requireNotCopied(volume);
                if (copies.hasSnapshots(volume)) {
                    throw new CloudException.Conflict("the volume " + volume + " has snapshots; delete them first");
                }
                files.delete(volume);
            } finally {
                holders.unlock();
            }
        });
    }

    /** What is decided about holders in it stays true to its end. */
    void oneAtATime(Runnable work) {
        holders.lock();
        try {
            work.run();
        } finally {
            holders.unlock();
        }
    }

    /** The disks for a new machine; refused where another machine holds one of them. */
    List<VolumeDisk> free(List<RemoteId> wanted, RemoteId machine) {
        List<VolumeDisk> disks = new ArrayList<>();
        for (RemoteId volume : wanted) {
            Token token = freeFor(volume, machine);
            disks.add(new VolumeDisk(token, disk(token), Optional.empty()));
        }
        return disks;
    }

    private Token freeFor(RemoteId volume, RemoteId machine) {
        RemoteVolume there = ready(volume);
        there.attachedTo().filter(holder -> !holder.equals(machine)).ifPresent(holder -> {
            throw new CloudException.Conflict("the volume " + volume + " is attached to " + holder);
        });
        return there.token().orElseThrow();
    }

    @Override
    public RemoteDisk attach(RemoteId machine, RemoteId volume, Optional<String> device) {
        return machines.holding(machine, () -> {
            holders.lock();
            try {
                Machine into = machines.require(machine).reached();
                Token token = freeFor(volume, machine);
                Optional<Disk> there = disk(into, token);
                if (there.isEmpty()) {
                    plug(into, token, device);
                }
                return disk(machines.require(machine), token)
                        .map(d -> new RemoteDisk(volume, "/dev/" + d.target()))
                        .orElseThrow(() -> new CloudException.Unavailable(
                                "the volume " + volume + " did not show up in " + machine + "; try again"));
            } finally {
                holders.unlock();
            }
        });
    }

    private void plug(Machine machine, Token token, Optional<String> device) {
        Set<String> taken = machine.info().targets();
        String target = device.map(wish -> wish.startsWith("/dev/") ? wish.substring("/dev/".length()) : wish)
                .filter(wish -> wish.matches("vd[b-l]") && !taken.contains(wish))
                .orElseGet(() -> DomainXml.freeTarget(taken));
        domains.attach(
                machine.id().value(),
                DomainXml.volume(token, disk(token), target),
                affected(machine, "attach a volume to"));
    }

    private static int affected(Machine machine, String doing) {
        return switch (machine.state().state()) {
            case RUNNING, PAUSED -> Domains.AFFECT_LIVE | Domains.AFFECT_CONFIG;
            case STOPPED, FAILED -> Domains.AFFECT_CONFIG;
            case BUILDING, SAVED, BUSY ->
                throw new CloudException.Conflict("the machine " + machine.id() + " is "
                        + machine.state().state().name().toLowerCase(java.util.Locale.ROOT)
                        + "; this does not allow to "
                        + doing + " it");
        };
    }

    private static Optional<Disk> disk(Machine machine, Token token) {
        return machine.info().volumes().stream()
                .filter(d -> d.volume().equals(token))
                .findFirst();
    }

    @Override
    public void detach(RemoteId machine, RemoteId volume) {
        Optional<RemoteVolume> there = find(volume);
        if (there.isEmpty() || !there.get().attachedTo().equals(Optional.of(machine))) {
            return;
        }
        requireNotCopied(volume);
        Token token = there.get().token().orElseThrow();
        long end = System.nanoTime() + timeLimit.toNanos();
        long ask = System.nanoTime();
        while (true) {
            Optional<Machine> holder = machines.find(machine);
            Optional<Disk> disk = holder.flatMap(m -> disk(m, token));
            if (holder.isEmpty() || disk.isEmpty()) {
                return;
            }
            if (System.nanoTime() - ask >= 0) {
                ask = System.nanoTime() + ASK_AGAIN.toNanos();
                unplug(holder.get().reached(), token, disk.get());
            }
            if (System.nanoTime() - end >= 0) {
                throw new CloudException.Unavailable(
                        "the guest of " + machine + " did not let go of the volume " + volume + " within "
                                + timeLimit.toSeconds() + " s; unmount it in the guest, or stop the machine");
            }
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CloudException.Unavailable("interrupted while detaching the volume " + volume, e);
            }
        }
    }

    private void unplug(Machine machine, Token token, Disk disk) {
        String name = machine.id().value();
        Xml device = DomainXml.volume(token, disk(token), disk.target());
        int affected = affected(machine, "detach a volume from");
        try {
            // Config first: a crash between the two then leaves a disk that is gone at the next start, not one that
            // returns.
            domains.detach(name, device, Domains.AFFECT_CONFIG);
        } catch (CloudException e) {
            LOG.debug("the definition of {} has no {} any more: {}", name, token, e.text());
        }
        if ((affected & Domains.AFFECT_LIVE) != 0) {
            try {
                domains.detach(name, device, Domains.AFFECT_LIVE);
            } catch (CloudException e) {
                LOG.debug("the guest of {} still holds {}: {}", name, token, e.text());
            }
        }
    }

    @Override
    public RemoteVolume resize(RemoteId volume, long sizeMib) {
        return machines.holding(volume, () -> {
            RemoteVolume there = ready(volume);
            Token token = there.token().orElseThrow();
            if (sizeMib < there.sizeMib()) {
                throw new CloudException.InvalidRequest("a volume never shrinks: it has " + there.sizeMib()
                        + " MiB, and " + sizeMib + " MiB were asked for");
            }
            checkSize(sizeMib);
            if (sizeMib > there.sizeMib()) {
                Optional<Machine> holder = there.attachedTo()
                        .flatMap(machines::find)
                        .map(Machine::reached)
                        .filter(Machine::isActive);
                if (holder.isPresent()) {
                    String target = disk(holder.get(), token).map(Disk::target).orElseThrow();
                    domains.resizeDisk(holder.get().id().value(), target, sizeMib * VolumeFiles.MIB);
                } else {
                    tool.grow(disk(token), sizeMib * VolumeFiles.MIB);
                }
                files.resized(token, there.name(), sizeMib);
            }
            return read(volume);
        });
    }

    /** Clears away what a crash left of volumes that were being made. */
    void sweep() {
        for (RemoteId left : files.halfMade()) {
            machines.hold(left, () -> {
                if (files.isHalfMade(left)) {
                    files.delete(left);
                }
            });
        }
    }
}
