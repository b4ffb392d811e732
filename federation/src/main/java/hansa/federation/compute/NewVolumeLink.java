package hansa.federation.compute;

import java.util.Optional;

/**
 * A volume that shall be plugged into a machine.
 *
 * @param device a wish, for example {@code /dev/vdb}
 * @param mountpoint remembered for the owner, at most 255 characters
 */
public record NewVolumeLink(
        Optional<LinkId> id, VolumeId volume, Optional<String> device, Optional<String> mountpoint) {

    public static NewVolumeLink of(VolumeId volume) {
        return new NewVolumeLink(Optional.empty(), volume, Optional.empty(), Optional.empty());
    }
}
