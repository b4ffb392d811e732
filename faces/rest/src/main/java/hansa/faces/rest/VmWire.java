package hansa.faces.rest;

import hansa.cloud.Bytes;
import hansa.cloud.RemoteNic;
import hansa.federation.brokering.Placement;
import hansa.federation.caller.Caller;
import hansa.federation.compute.ContextFile;
import hansa.federation.compute.ContextFiles;
import hansa.federation.compute.LinkId;
import hansa.federation.compute.Machine;
import hansa.federation.compute.MachineAction;
import hansa.federation.compute.MachineChange;
import hansa.federation.compute.MachineId;
import hansa.federation.compute.NewMachine;
import hansa.federation.compute.NewNic;
import hansa.federation.compute.NewVolumeLink;
import hansa.federation.compute.NicLink;
import hansa.federation.compute.VolumeId;
import hansa.federation.compute.VolumeLink;
import hansa.federation.images.ImageId;
import hansa.federation.sites.FlavourId;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Virtual machines and their links as they look on the wire; the OpenAPI document explains the members. */
final class VmWire {

    private VmWire() {}

    record Vm(
            String id,
            String title,
            String summary,
            Optional<String> hostname,
            String owner,
            Optional<String> vo,
            String cloud,
            Optional<String> account,
            String image,
            Optional<String> flavour,
            int cores,
            long memoryMib,
            long diskGib,
            String architecture,
            String state,
            String desired,
            String message,
            List<Nic> nics,
            List<Attachment> volumes,
            List<String> sshKeys,
            boolean hasUserData,
            List<String> tags,
            Instant created,
            Optional<Instant> restartAsked,
            Optional<Instant> restarted,
            Instant changed,
            Instant observed,
            long generation) {

        static Vm of(Machine machine) {
            return new Vm(
                    machine.id().value(),
                    machine.title(),
                    machine.summary(),
                    machine.hostname(),
                    machine.owner(),
                    machine.vo(),
                    machine.cloud().value(),
                    machine.account(),
                    machine.image().value(),
                    machine.flavour().map(FlavourId::value),
                    machine.size().cores(),
                    machine.size().memoryMib(),
                    machine.size().diskGib(),
                    machine.architecture(),
                    Texts.of(machine.state()),
                    Texts.of(machine.desired()),
                    machine.message(),
                    machine.nics().stream().map(Nic::of).toList(),
                    machine.volumes().stream().map(Attachment::of).toList(),
                    machine.sshKeys(),
                    machine.hasUserData(),
                    machine.tags().stream().sorted().toList(),
                    machine.created(),
                    machine.restartAsked(),
                    machine.restarted(),
                    machine.changed(),
                    machine.observed(),
                    machine.generation());
        }
    }

    record Nic(
            String id,
            String vm,
            String network,
            String networkTitle,
            String device,
            String mac,
            List<String> addresses,
            List<Forward> forwards,
            Optional<String> gateway,
            String allocation,
            String state,
            String message) {

        static Nic of(NicLink link) {
            return new Nic(
                    link.id().value(),
                    link.machine().value(),
                    link.network().value(),
                    link.networkTitle(),
                    link.device(),
                    link.mac(),
                    link.addresses(),
                    link.forwards().stream().map(Forward::of).toList(),
                    link.gateway(),
                    Texts.of(link.allocation()),
                    Texts.of(link.state()),
                    link.message());
        }
    }

    record Forward(int guestPort, String host, int port) {

        static Forward of(RemoteNic.Forward forward) {
            return new Forward(forward.guestPort(), forward.host(), forward.port());
        }
    }

    record Attachment(
            String id,
            String vm,
            String volume,
            String device,
            Optional<String> mountpoint,
            String state,
            String message) {

        static Attachment of(VolumeLink link) {
            return new Attachment(
                    link.id().value(),
                    link.machine().value(),
                    link.volume().value(),
                    link.device(),
                    link.mountpoint(),
                    Texts.of(link.state()),
                    link.message());
        }
    }

    record NewVm(
            Optional<String> id,
            Optional<String> title,
            Optional<String> summary,
            Optional<String> hostname,
            String image,
            Optional<String> flavour,
            Optional<Integer> cores,
            Optional<Long> memoryMib,
            Optional<String> userData,
            Optional<List<NewFile>> files,
            Optional<List<String>> sshKeys,
            Optional<List<NewVmNic>> nics,
            Optional<List<NewAttachment>> volumes,
            Optional<String> cloud,
            Optional<List<String>> tags,
            Optional<PlacementWire.NewPlacement> placement) {

        NewMachine wanted(Caller caller) {
            return new NewMachine(
                    id.map(MachineId::new),
                    title.orElse(""),
                    summary.orElse(""),
                    hostname,
                    new ImageId(image),
                    flavour.map(FlavourId::new),
                    cores,
                    memoryMib,
                    ContextFiles.with(
                            userData.map(data -> decoded("userData", data)),
                            files.orElse(List.of()).stream()
                                    .map(NewFile::wanted)
                                    .toList()),
                    sshKeys.orElse(List.of()),
                    nics.orElse(List.of()).stream().map(NewVmNic::wanted).toList(),
                    volumes.orElse(List.of()).stream()
                            .map(NewAttachment::wanted)
                            .toList(),
                    cloud.map(Texts::cloud),
                    TagNames.ids(caller, tags.orElse(List.of())),
                    placement.map(PlacementWire.NewPlacement::wanted).orElse(Placement.ANYWHERE));
        }

        static Bytes decoded(String member, String base64) {
            try {
                return Bytes.of(Base64.getDecoder().decode(base64));
            } catch (IllegalArgumentException wrong) {
                throw new Failure(
                        ErrorCode.ATTRIBUTE_INVALID, "'" + member + "' is not base64; encode the bytes.", wrong);
            }
        }
    }

    record NewVmNic(
            Optional<String> id,
            Optional<String> network,
            Optional<Boolean> publicAddress,
            Optional<String> mac,
            Optional<String> address) {

        NewNic wanted() {
            if (network.isEmpty() && !publicAddress.orElse(false)) {
                throw new Failure(
                        ErrorCode.ATTRIBUTE_MISSING,
                        "A nic names its 'network', or says \"publicAddress\": true to have one chosen that the outside"
                                + " reaches.");
            }
            return new NewNic(id.map(LinkId::new), network.orElse(""), publicAddress.orElse(false), mac, address);
        }
    }

    record NewFile(String path, String content, Optional<String> permissions, Optional<String> owner) {

        ContextFile wanted() {
            return new ContextFile(
                    path,
                    NewVm.decoded("content", content),
                    permissions.orElse(ContextFile.READABLE),
                    owner.orElse(""));
        }
    }

    record NewAttachment(Optional<String> id, String volume, Optional<String> device, Optional<String> mountpoint) {

        NewVolumeLink wanted() {
            return new NewVolumeLink(id.map(LinkId::new), new VolumeId(volume), device, mountpoint);
        }
    }

    record VmChange(
            Optional<String> title,
            Optional<String> summary,
            Optional<String> hostname,
            Optional<String> flavour,
            Optional<Integer> cores,
            Optional<Long> memoryMib) {

        static final List<String> REMOVABLE = List.of("title", "summary");

        MachineChange wanted() {
            return new MachineChange(
                    title, summary, hostname, flavour.map(FlavourId::new), cores, memoryMib, Set.of(), Set.of());
        }
    }

    /** What goes with stop, restart and suspend. */
    record ActionOptions(Optional<String> method) {

        MachineAction stop() {
            return new MachineAction.Stop(
                    Texts.choice("method", method, MachineAction.StopMethod.class, MachineAction.StopMethod.GRACEFUL));
        }

        MachineAction restart() {
            return new MachineAction.Restart(Texts.choice(
                    "method", method, MachineAction.RestartMethod.class, MachineAction.RestartMethod.GRACEFUL));
        }

        MachineAction suspend() {
            return new MachineAction.Suspend(Texts.choice(
                    "method", method, MachineAction.SuspendMethod.class, MachineAction.SuspendMethod.SUSPEND));
        }
    }

    /** Start takes no options; an empty object is as good as no body. */
    record NoOptions() {}

    record SaveOptions(Optional<String> method, String name) {

        MachineAction save() {
            return new MachineAction.Save(
                    Texts.choice("method", method, MachineAction.SaveMethod.class, MachineAction.SaveMethod.HOT), name);
        }
    }
}
