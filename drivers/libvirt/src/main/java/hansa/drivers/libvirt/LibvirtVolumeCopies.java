package hansa.drivers.libvirt;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume;
import hansa.cloud.RemoteVolume.VolumeState;
import hansa.cloud.RemoteVolumeCopy;
import hansa.cloud.RemoteVolumeCopy.Kind;
import hansa.cloud.Token;
import hansa.cloud.VolumeCopies;
import hansa.drivers.libvirt.Machines.Machine;
import hansa.drivers.libvirt.VolumeFiles.Stored;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of volumes as qcow2 files that stand alone, snapshots as well as backups. A volume that is being copied is not
 * attached, detached, resized or deleted. Where a running machine holds it, QEMU makes the copy and the guest goes on; a
 * machine that is stopped is not started meanwhile.
 */
final class LibvirtVolumeCopies implements VolumeCopies {

    private static final Logger LOG = LoggerFactory.getLogger(LibvirtVolumeCopies.class);

    private final CopyFiles files;
    private final VolumeFiles volumeFiles;
    private final DiskCopying copying;
    private final LibvirtVolumes volumes;
    private final Machines machines;
    private final QemuImg tool;
    private final BackupJobs backups;
    private final Duration copyLimit;
    private final InstantSource clock;

    LibvirtVolumeCopies(
            CopyFiles files,
            VolumeFiles volumeFiles,
            DiskCopying copying,
            LibvirtVolumes volumes,
            Machines machines,
            QemuImg tool,
            BackupJobs backups,
            Duration copyLimit,
            InstantSource clock) {
        this.files = files;
        this.volumeFiles = volumeFiles;
        this.copying = copying;
        this.volumes = volumes;
        this.machines = machines;
        this.tool = tool;
        this.backups = backups;
        this.copyLimit = copyLimit;
        this.clock = clock;
    }

    @Override
    public RemoteVolumeCopy take(RemoteId volume, Token token, String name, Kind kind) {
        RemoteId id = CopyFiles.id(token);
        return machines.holding(id, () -> {
            Optional<RemoteVolumeCopy> there = files.find(id);
            if (there.isPresent() && there.get().state() != VolumeState.FAILED) {
                return there.get();
            }
            volumes.oneAtATime(() -> begin(volumes.ready(volume), token, name, kind));
            return read(id);
        });
    }

    private void begin(RemoteVolume volume, Token token, String name, Kind kind) {
        Optional<Machine> running = volume.attachedTo().flatMap(machines::find).filter(Machine::isActive);
        if (running.isPresent()) {
            beginBesideGuest(running.get(), volume, token, name, kind);
            return;
        }
        Optional<RemoteId> holder = volume.attachedTo();
        holder.flatMap(machines::find).ifPresent(machine -> requireStopped(machine.reached(), volume.id()));
        if (holder.isPresent() && !machines.begin(holder.get(), "its volume " + volume.id() + " is being copied")) {
            throw new CloudException.Conflict("the machine " + holder.get() + ", which holds the volume " + volume.id()
                    + ", is busy; try again later");
        }
        Runnable then = () -> holder.ifPresent(machines::end);
        try {
            RemoteId id = CopyFiles.id(token);
            files.begin(token, kind, volume.id(), name, volume.sizeMib(), clock.instant());
            copying.start(id, volume.id(), () -> copy(volumeFiles.disk(volume.id()), files.disk(id)), then);
        } catch (CloudException e) {
            then.run();
            throw e;
        }
    }

    private void beginBesideGuest(Machine machine, RemoteVolume volume, Token token, String name, Kind kind) {
        String domain = machine.id().value();
        String target = machine.info().volumes().stream()
                .filter(disk -> VolumeFiles.id(disk.volume()).equals(volume.id()))
                .findFirst()
                .map(DomainInfo.Disk::target)
                .orElseThrow(() -> new CloudException.Conflict(
                        "the volume " + volume.id() + " is just leaving " + domain + "; try again later"));
        backups.requireIdle(domain);
        RemoteId id = CopyFiles.id(token);
        files.begin(token, kind, volume.id(), name, volume.sizeMib(), clock.instant());
        Path part = part(files.disk(id));
        try {
            tool.empty(part, volume.sizeMib() * VolumeFiles.MIB);
            backups.begin(domain, target, part);
        } catch (CloudException e) {
            files.delete(id);
            throw e;
        }
        copying.start(
                id,
                volume.id(),
                () -> {
                    backups.await(domain, copyLimit);
                    settle(part, files.disk(id));
                },
                () -> {});
    }

    private static void requireStopped(Machine machine, RemoteId volume) {
        switch (machine.state().state()) {
            case STOPPED, FAILED -> {}
            case RUNNING, PAUSED, SAVED, BUILDING, BUSY ->
                throw new CloudException.Conflict("the machine " + machine.id() + ", which holds the volume " + volume
                        + ", is " + machine.state().state().name().toLowerCase(Locale.ROOT)
                        + "; stop it or detach the volume to copy it");
        }
    }

    /** QEMU's own lock refuses a source that is written to. */
    private void copy(Path source, Path target) {
        Path part = part(target);
        tool.copy(source, part);
        settle(part, target);
    }

    /** A name that no earlier attempt writes to any more. */
    private static Path part(Path target) {
        return Folders.sibling(target, "." + UUID.randomUUID() + ".part");
    }

    private static void settle(Path part, Path target) {
        Folders.change("put the copy " + target + " in its place", () -> {
            Folders.onlyForOwner(part);
            Folders.settle(part, target);
        });
    }

    @Override
    public Optional<RemoteVolumeCopy> findByToken(Token token) {
        return files.find(CopyFiles.id(token));
    }

    @Override
    public RemoteVolumeCopy read(RemoteId copy) {
        return files.find(copy).orElseThrow(() -> new CloudException.NotFound("there is no copy " + copy + " here"));
    }

    @Override
    public List<RemoteVolumeCopy> list() {
        return files.all();
    }

    @Override
    public void delete(RemoteId copy) {
        machines.hold(
                copy,
                () -> volumes.oneAtATime(() -> {
                    if (files.find(copy).isEmpty()) {
                        return;
                    }
                    if (copying.isMaking(copy) || copying.isReading(copy)) {
                        throw new CloudException.Conflict(
                                "the copy " + copy + " is being written or read; delete it when that is done");
                    }
                    files.delete(copy);
                }));
    }

    @Override
    public RemoteVolume restore(RemoteId copy, Token token, String name, long sizeMib) {
        RemoteId id = VolumeFiles.id(token);
        return machines.holding(id, () -> {
            Optional<RemoteVolume> there = volumes.findByToken(token);
            if (there.isPresent() && there.get().state() != VolumeState.FAILED) {
                return there.get();
            }
            volumes.oneAtATime(() -> begin(read(copy), token, name, sizeMib));
            return volumes.read(id);
        });
    }

    private void begin(RemoteVolumeCopy source, Token token, String name, long sizeMib) {
        if (source.state() != VolumeState.ONLINE) {
            throw new CloudException.Conflict("the copy " + source.id() + " is not ready"
                    + (source.message().isEmpty() ? "" : ": " + source.message()));
        }
        if (sizeMib < source.sizeMib()) {
            throw new CloudException.InvalidRequest("the copy " + source.id() + " has " + source.sizeMib()
                    + " MiB, which do not fit into a volume of " + sizeMib + " MiB");
        }
        LibvirtVolumes.checkSize(sizeMib);
        RemoteId id = VolumeFiles.id(token);
        volumeFiles.begin(token, name, sizeMib, source.id());
        copying.start(id, source.id(), () -> fill(source, sizeMib, volumeFiles.disk(id)), () -> {});
    }

    private void fill(RemoteVolumeCopy source, long sizeMib, Path target) {
        Path part = part(target);
        tool.copy(files.disk(source.id()), part);
        if (sizeMib > source.sizeMib()) {
            tool.grow(part, sizeMib * VolumeFiles.MIB);
        }
        settle(part, target);
    }

    /** Clears away what a crash left, and takes up again what it cut short. */
    void recover() {
        for (RemoteId left : files.halfMade()) {
            machines.hold(left, () -> files.delete(left));
        }
        for (RemoteVolumeCopy copy : files.all()) {
            if (copy.state() == VolumeState.FAILED) {
                tryAgain(copy.id(), () -> take(copy.volume(), copy.token().orElseThrow(), copy.name(), copy.kind()));
            }
        }
        for (Stored volume : volumeFiles.all()) {
            if (volume.state() == VolumeState.FAILED && volume.from().isPresent()) {
                tryAgain(
                        VolumeFiles.id(volume.token()),
                        () -> restore(volume.from().get(), volume.token(), volume.name(), volume.sizeMib()));
            }
        }
    }

    private static void tryAgain(RemoteId what, Runnable work) {
        try {
            work.run();
        } catch (CloudException e) {
            LOG.warn("the copying to {}, which was cut short, could not begin again: {}", what, e.text());
        }
    }
}
