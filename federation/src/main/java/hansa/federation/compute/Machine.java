package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.cloud.Size;
import hansa.federation.images.ImageId;
import hansa.federation.sites.FlavourId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A virtual machine as it stands in the store.
 *
 * @param vo the virtual organisation in whose name it was made
 * @param account the local account of the cloud in whose name it is made there; empty = the federation's own, or not
 *     chosen yet
 * @param title 0 to 255 characters
 * @param summary 0 to 4,096 characters
 * @param hostname an RFC 1123 name, given to the guest at its first boot
 * @param flavour empty for a machine of free size
 * @param size what the owner wants; while a resize goes on, ahead of what the machine has
 * @param architecture {@code x64} or {@code x86}
 * @param message one line about the state, also the reason for a delay; empty when all is well
 * @param hasUserData whether user data was given; it is not shown again
 * @param tags ids of {@link Tag}s
 * @param restartAsked since when a restart is under way; empty when none is
 * @param restarted when a restart was last carried out and the machine seen running after it
 * @param observed when the cloud last told something new about it
 * @param generation rises with every change of this record, its links and tags included
 */
public record Machine(
        MachineId id,
        String owner,
        Optional<String> vo,
        CloudName cloud,
        Optional<String> account,
        String title,
        String summary,
        Optional<String> hostname,
        ImageId image,
        Optional<FlavourId> flavour,
        Size size,
        String architecture,
        Desired desired,
        MachineState state,
        String message,
        List<NicLink> nics,
        List<VolumeLink> volumes,
        List<String> sshKeys,
        boolean hasUserData,
        Set<String> tags,
        Instant created,
        Optional<Instant> restartAsked,
        Optional<Instant> restarted,
        Instant changed,
        Instant observed,
        long generation) {

    public Machine {
        nics = List.copyOf(nics);
        volumes = List.copyOf(volumes);
        sshKeys = List.copyOf(sshKeys);
        tags = Set.copyOf(tags);
    }
}
