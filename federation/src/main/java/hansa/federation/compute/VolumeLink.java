package hansa.federation.compute;

import java.util.Optional;
import java.util.Set;

/**
 * A volume plugged into a machine.
 *
 * @param device the guest's name of it, for example {@code /dev/vdb}; the caller's wish until the cloud says it
 * @param mountpoint where the owner means to mount it; Hansa only remembers it
 * @param message one line about the state; empty when all is well
 */
public record VolumeLink(
        LinkId id,
        MachineId machine,
        VolumeId volume,
        String device,
        Optional<String> mountpoint,
        LinkState state,
        String message,
        Set<String> tags) {

    public VolumeLink {
        tags = Set.copyOf(tags);
    }

    VolumeLink withState(LinkState now, String why) {
        return new VolumeLink(id, machine, volume, device, mountpoint, now, why, tags);
    }

    VolumeLink withDevice(String name) {
        return new VolumeLink(id, machine, volume, name, mountpoint, state, message, tags);
    }

    VolumeLink withMountpoint(Optional<String> where) {
        return new VolumeLink(id, machine, volume, device, where, state, message, tags);
    }

    VolumeLink withTags(Set<String> others) {
        return new VolumeLink(id, machine, volume, device, mountpoint, state, message, others);
    }
}
