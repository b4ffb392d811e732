package hansa.drivers.libvirt;

import hansa.cloud.CloudDescription.Capacity;
import hansa.cloud.Size;
import hansa.drivers.libvirt.HostAnswer.Told;
import hansa.drivers.libvirt.HostRoom.Occupancy;
import hansa.drivers.libvirt.HostRoom.Total;
import hansa.drivers.libvirt.PoolSettings.HostSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What hosts have, what they give of it, and what is taken. */
final class HostCapacity {

    private static final long GIB = 1024L * 1024 * 1024;

    private final PoolSettings settings;
    private final Path folder;

    /** @param folder where the disks of machines are */
    HostCapacity(PoolSettings settings, Path folder) {
        this.settings = settings;
        this.folder = folder;
    }

    /** A host at one instant. */
    record Look(Host.Node node, List<SeenDomain> domains) {

        static Look at(Host host) {
            return new Look(host.node(), host.domains());
        }
    }

    Occupancy occupancy(HostSettings host, Look look) {
        Map<String, Size> machines = new HashMap<>();
        for (SeenDomain domain : look.domains()) {
            // A stopped machine of ours may be started at any time; what others keep switched off is their affair.
            if (domain.isActive() || DomainInfo.of(domain.xml()).isPresent()) {
                machines.put(domain.name(), DomainInfo.size(domain.xml(), 0));
            }
        }
        return new Occupancy(
                new Total(
                        host.cores()
                                .orElseGet(() -> times(
                                        settings.coreOvercommit(), look.node().processors())),
                        host.memoryMib()
                                .orElseGet(() -> times(
                                        settings.memoryOvercommit(), look.node().memoryMib())),
                        host.machines()),
                machines);
    }

    private static long times(double factor, long amount) {
        return (long) Math.floor(factor * amount);
    }

    /** The sum over the hosts that answer. */
    Capacity sum(Map<Host, HostAnswer<Look>> looks) {
        List<Occupancy> hosts = new ArrayList<>();
        long running = 0;
        for (Map.Entry<Host, HostAnswer<Look>> each : looks.entrySet()) {
            if (each.getValue() instanceof Told<Look>(Look look)) {
                hosts.add(occupancy(each.getKey().settings(), look));
                running += look.domains().stream().filter(SeenDomain::isActive).count();
            }
        }
        return new Capacity(
                Optional.of(
                        hosts.stream().mapToLong(host -> host.total().cores()).sum()),
                Optional.of(hosts.stream()
                        .mapToLong(host -> Math.max(0, host.total().cores() - host.usedCores()))
                        .sum()),
                Optional.of(hosts.stream()
                        .mapToLong(host -> Math.max(0, host.total().memoryMib() - host.usedMemoryMib()))
                        .sum()),
                Optional.of(Folders.look(
                        "look at the room for disks",
                        () -> Files.getFileStore(folder).getUsableSpace() / GIB)),
                Optional.of(running));
    }
}
