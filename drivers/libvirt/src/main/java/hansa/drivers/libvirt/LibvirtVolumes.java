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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Volumes as qcow2 files, each in a folder of its own with {@code volume.json} beside it, which is written last. */
final class LibvirtVolumes implements Volumes {

    private static final Logger LOG = LoggerFactory.getLogger(LibvirtVolumes.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long MIB = 1024L * 1024;
    private static final long MOST_MIB = 64L * 1024 * 1024;
    private static final Duration POLL = Duration.ofMillis(200);

    /** A guest that is still booting misses the request to let go; so it is made again. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(3);

    private final Path folder;
    private final QemuImg tool;
    private final Domains domains;
    private final Machines machines;
    private final Duration timeLimit;

    /** Who holds a volume is decided by one caller at a time. */
    private final ReentrantLock holders = new ReentrantLock();

    LibvirtVolumes(Path folder, QemuImg tool, Domains domains, Machines machines, Duration timeLimit) {
        this.folder = folder;
        this.tool = tool;
        this.domains = domains;
        this.machines = machines;
        this.timeLimit = timeLimit;
    }

    private Path own(Token token) {
        return folder.resolve(token.value());
    }

    private Path disk(Token token) {
        return own(token).resolve("disk.qcow2");
    }

    private static RemoteId id(Token token) {
        return new RemoteId(token.value());
    }

    @Override
    public RemoteVolume create(Token token, String name, long sizeMib) {
        if (sizeMib < 1 || sizeMib > MOST_MIB) {
            throw new CloudException.InvalidRequest("a volume has 1 MiB to 64 TiB, not " + sizeMib + " MiB");
        }
        return machines.holding(id(token), () -> {
            Optional<RemoteVolume> there = findByToken(token);
            if (there.isPresent()) {
                return there.get();
            }
            Folders.change("make the volume " + name, () -> {
                Folders.delete(own(token));
                Files.createDirectories(own(token));
                tool.empty(disk(token), sizeMib * MIB);
                Folders.onlyForOwner(disk(token));
                describe(token, name, sizeMib);
            });
            return read(id(token));
        });
    }

    private void describe(Token token, String name, long sizeMib) {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", name);
        json.put("sizeMib", sizeMib);
        Folders.change(
                "describe the volume " + name,
                () -> Folders.write(own(token).resolve("volume.json"), JSON.writeValueAsBytes(json)));
    }

    private Optional<RemoteVolume> stored(Path itsFolder, List<Machine> known) {
        Path description = itsFolder.resolve("volume.json");
        if (!Files.isRegularFile(description)) {
            return Optional.empty();
        }
        Token token = new Token(itsFolder.getFileName().toString());
        Optional<RemoteId> holder = known.stream()
                .filter(m ->
                        m.info().volumes().stream().anyMatch(d -> d.volume().equals(token)))
                .map(Machine::id)
                .findFirst();
        return Folders.look("read the volume " + token, () -> {
            try {
                JsonNode json = JSON.readTree(Files.readAllBytes(description));
                return Optional.of(new RemoteVolume(
                        id(token),
                        Optional.of(token),
                        json.path("name").asString(""),
                        json.path("sizeMib").asLong(0),
                        VolumeState.ONLINE,
                        "",
                        holder));
            } catch (JacksonException e) {
                throw new java.io.IOException(description + " is damaged: " + e.getOriginalMessage(), e);
            }
        });
    }

    @Override
    public Optional<RemoteVolume> findByToken(Token token) {
        return stored(own(token), machines.all());
    }

    @Override
    public RemoteVolume read(RemoteId volume) {
        return find(volume).orElseThrow(() -> new CloudException.NotFound("there is no volume " + volume + " here"));
    }

    private Optional<RemoteVolume> find(RemoteId volume) {
        List<Path> folders = Folders.look("list the volumes", () -> Folders.children(folder));
        return folders.stream()
                .filter(f -> f.getFileName().toString().equals(volume.value()))
                .findFirst()
                .flatMap(f -> stored(f, machines.all()));
    }

    @Override
    public List<RemoteVolume> list() {
        List<Machine> known = machines.all();
        List<RemoteVolume> volumes = new ArrayList<>();
        for (Path each : Folders.look("list the volumes", () -> Folders.children(folder))) {
            stored(each, known).ifPresent(volumes::add);
        }
        return volumes;
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
                Path own = folder.resolve(volume.value());
                Folders.change("delete the volume " + volume, () -> {
                    Files.deleteIfExists(own.resolve("volume.json"));
                    Folders.delete(own);
                });
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
        RemoteVolume there = read(volume);
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
                Machine into = machines.require(machine);
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
                unplug(holder.get(), token, disk.get());
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
            RemoteVolume there = read(volume);
            Token token = there.token().orElseThrow();
            if (sizeMib < there.sizeMib()) {
                throw new CloudException.InvalidRequest("a volume never shrinks: it has " + there.sizeMib()
                        + " MiB, and " + sizeMib + " MiB were asked for");
            }
            if (sizeMib > MOST_MIB) {
                throw new CloudException.InvalidRequest("a volume has 1 MiB to 64 TiB, not " + sizeMib + " MiB");
            }
            if (sizeMib > there.sizeMib()) {
                Optional<Machine> holder =
                        there.attachedTo().flatMap(machines::find).filter(Machine::isActive);
                if (holder.isPresent()) {
                    String target = disk(holder.get(), token).map(Disk::target).orElseThrow();
                    domains.resizeDisk(holder.get().id().value(), target, sizeMib * MIB);
                } else {
                    tool.grow(disk(token), sizeMib * MIB);
                }
                describe(token, there.name(), sizeMib);
            }
            return read(volume);
        });
    }

    /** Clears away what a crash left of volumes that were being made. */
    void sweep() {
        for (Path each : Folders.look("look for half-made volumes", () -> Folders.children(folder))) {
            machines.hold(new RemoteId(each.getFileName().toString()), () -> {
                if (!Files.exists(each.resolve("volume.json"))) {
                    Folders.change("clear away " + each, () -> Folders.delete(each));
                }
            });
        }
    }
}
