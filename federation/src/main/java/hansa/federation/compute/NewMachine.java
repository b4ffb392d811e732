package hansa.federation.compute;

import hansa.cloud.Bytes;
import hansa.cloud.CloudName;
import hansa.federation.brokering.Placement;
import hansa.federation.images.ImageId;
import hansa.federation.sites.FlavourId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A machine that somebody wants.
 *
 * @param title 0 to 255 characters
 * @param summary 0 to 4,096 characters
 * @param hostname an RFC 1123 name
 * @param flavour empty = the size that {@code cores} and {@code memoryMib} say, 1 core and 1,024 MiB where they do not
 * @param cores with a flavour: must agree with it
 * @param memoryMib with a flavour: must agree with it
 * @param userData at most 64 KiB
 * @param sshKeys at most 16 public keys in OpenSSH's one-line form
 * @param nics at most 16; empty = the cloud's default network
 * @param volumes at most 16, all at the same cloud
 * @param cloud empty = wherever the placement says, the first in configured order that has all of it where it says nothing
 * @param tags ids of tags, at most 32
 * @param placement what is said about where it goes
 */
public record NewMachine(
        Optional<MachineId> id,
        String title,
        String summary,
        Optional<String> hostname,
        ImageId image,
        Optional<FlavourId> flavour,
        Optional<Integer> cores,
        Optional<Long> memoryMib,
        Optional<Bytes> userData,
        List<String> sshKeys,
        List<NewNic> nics,
        List<NewVolumeLink> volumes,
        Optional<CloudName> cloud,
        Set<String> tags,
        Placement placement) {

    public NewMachine {
        sshKeys = List.copyOf(sshKeys);
        nics = List.copyOf(nics);
        volumes = List.copyOf(volumes);
        tags = Set.copyOf(tags);
    }

    /** The least that makes a machine. */
    public static NewMachine of(String title, ImageId image, FlavourId flavour) {
        return new NewMachine(
                Optional.empty(),
                title,
                "",
                Optional.empty(),
                image,
                Optional.of(flavour),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Set.of(),
                Placement.ANYWHERE);
    }

    public NewMachine withId(MachineId chosen) {
        return new NewMachine(
                Optional.of(chosen),
                title,
                summary,
                hostname,
                image,
                flavour,
                cores,
                memoryMib,
                userData,
                sshKeys,
                nics,
                volumes,
                cloud,
                tags,
                placement);
    }

    public NewMachine withNics(List<NewNic> wanted) {
        return new NewMachine(
                id, title, summary, hostname, image, flavour, cores, memoryMib, userData, sshKeys, wanted, volumes,
                cloud, tags, placement);
    }

    public NewMachine withVolumes(List<NewVolumeLink> wanted) {
        return new NewMachine(
                id, title, summary, hostname, image, flavour, cores, memoryMib, userData, sshKeys, nics, wanted, cloud,
                tags, placement);
    }

    public NewMachine withContext(Optional<String> name, Optional<Bytes> data, List<String> keys) {
        return new NewMachine(
                id, title, summary, name, image, flavour, cores, memoryMib, data, keys, nics, volumes, cloud, tags,
                placement);
    }

    public NewMachine withCloud(CloudName chosen) {
        return new NewMachine(
                id,
                title,
                summary,
                hostname,
                image,
                flavour,
                cores,
                memoryMib,
                userData,
                sshKeys,
                nics,
                volumes,
                Optional.of(chosen),
                tags,
                placement);
    }

    public NewMachine withTags(Set<String> wanted) {
        return new NewMachine(
                id, title, summary, hostname, image, flavour, cores, memoryMib, userData, sshKeys, nics, volumes, cloud,
                wanted, placement);
    }

    public NewMachine withPlacement(Placement wanted) {
        return new NewMachine(
                id, title, summary, hostname, image, flavour, cores, memoryMib, userData, sshKeys, nics, volumes, cloud,
                tags, wanted);
    }

    /** One of several that are wanted together: {@code web-1} and so on. */
    NewMachine numbered(int number) {
        return new NewMachine(
                id,
                title.isBlank() ? title : title + "-" + number,
                summary,
                hostname.map(name -> name + "-" + number),
                image,
                flavour,
                cores,
                memoryMib,
                userData,
                sshKeys,
                nics,
                volumes,
                cloud,
                tags,
                placement);
    }
}
