package hansa.drivers.libvirt;

import hansa.cloud.HostGroup;
import hansa.cloud.RemoteId;
import hansa.cloud.Size;
import hansa.cloud.Token;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that libvirt is told about a machine.
 *
 * @param folder of the cloud, the mark of what is ours
 * @param isos context ISOs, at most two
 */
record MachineSpec(
        Token token,
        String name,
        Path folder,
        Instant created,
        Size size,
        boolean kvm,
        RemoteId image,
        Path root,
        Path base,
        String baseFormat,
        List<Path> isos,
        Path console,
        List<Nic> nics,
        List<VolumeDisk> volumes,
        Optional<HostGroup> group) {

    MachineSpec {
        isos = List.copyOf(isos);
        nics = List.copyOf(nics);
        volumes = List.copyOf(volumes);
    }

    sealed interface Nic {
        Token token();

        String mac();
    }

    /** On QEMU's own user network: closed, with some of the guest's ports published on the host. */
    record UserNic(Token token, String mac, List<PublishedPort> ports) implements Nic {
        UserNic {
            ports = List.copyOf(ports);
        }
    }

    /**
     * On a network that libvirt knows.
     *
     * @param up whether the cable is in; out while the network is down
     */
    record NetworkNic(Token token, String mac, String network, boolean up) implements Nic {}

    /** On a bridge of the host's. */
    record BridgeNic(Token token, String mac, String bridge) implements Nic {}

    record PublishedPort(int guestPort, String address, int port) {}

    /**
     * A volume in a machine.
     *
     * @param device {@code vdb} to {@code vdl}; empty = the next free one
     */
    record VolumeDisk(Token volume, Path file, Optional<String> device) {}
}
