package hansa.drivers.opennebula;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteState;
import hansa.cloud.RemoteVolume;
import hansa.cloud.RemoteVolume.VolumeState;
import hansa.cloud.RemoteVolumeCopy;
import hansa.cloud.RemoteVolumeCopy.Kind;
import hansa.cloud.Token;
import hansa.cloud.VolumeCopies;
import hansa.protocols.opennebula.Image;
import hansa.protocols.opennebula.Template;
import hansa.protocols.opennebula.VirtualMachine;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Copies of volumes are images of their own, whole ones, snapshots as well as backups. That of a volume which nobody holds
 * is a clone; that of a disk of a stopped machine is saved from there. While a guest runs, OpenNebula may copy blocks of
 * different instants, so that is refused.
 */
final class OpenNebulaVolumeCopies implements VolumeCopies {

    private final Account account;
    private final CopyAccount copies;
    private final Watch watch;
    private final OpenNebulaVolumes volumes;

    OpenNebulaVolumeCopies(Account account, CopyAccount copies, Watch watch, OpenNebulaVolumes volumes) {
        this.account = account;
        this.copies = copies;
        this.watch = watch;
        this.volumes = volumes;
    }

    @Override
    public RemoteVolumeCopy take(RemoteId volume, Token token, String name, Kind kind) {
        Optional<RemoteVolumeCopy> made = findByToken(token);
        if (made.isPresent()) {
            return made.get();
        }
        Image source = watch.until(() -> volumes.block(volume), image -> !States.isLocked(image));
        CopyName copy = new CopyName(kind, source.id(), token);
        try {
            int number = copy(source, copy.toString());
            account.updateImage(number, Template.EMPTY.with(Marks.NAME, name).with(Marks.TOKEN, token.value()));
            return view(account.image(number)).orElseThrow();
        } catch (CloudException.Conflict taken) {
            return findByToken(token).orElseThrow(() -> taken);
        }
    }

    private int copy(Image source, String name) {
        if (source.machines().isEmpty()) {
            return copies.clone(source.id(), name);
        }
        int machine = source.machines().getFirst();
        VirtualMachine vm = watch.settled(machine);
        OptionalInt disk = MachineView.dataDisks(vm)
                .filter(one -> one.integer("IMAGE_ID").orElse(-1) == source.id())
                .map(one -> one.integer("DISK_ID"))
                .findFirst()
                .orElseGet(OptionalInt::empty);
        if (disk.isEmpty() || States.of(vm) != RemoteState.STOPPED) {
            throw new CloudException.Conflict("the machine " + machine + " holds the volume " + source.id()
                    + "; switch it off or detach the volume, then copy it");
        }
        int number = copies.save(machine, disk.getAsInt(), name);
        watch.settled(machine);
        return number;
    }

    /** Empty for an image that is no copy. */
    private static Optional<RemoteVolumeCopy> view(Image image) {
        return CopyName.parse(image.name())
                .map(copy -> new RemoteVolumeCopy(
                        MachineView.id(image.id()),
                        Optional.of(copy.token()),
                        copy.kind(),
                        MachineView.id(copy.volume()),
                        nameOf(image, copy),
                        image.sizeMib(),
                        image.imageState().map(States::volume).orElse(VolumeState.BUILDING),
                        image.template().text("ERROR").map(Refusals::oneLine).orElse(""),
                        image.registered()));
    }

    /** A clone has the attributes of its source until it is given its own, so they count only with its own token. */
    private static String nameOf(Image image, CopyName copy) {
        return Marks.tokenOf(image.template()).equals(Optional.of(copy.token()))
                ? Marks.nameOf(image.template(), image.name())
                : image.name();
    }

    @Override
    public Optional<RemoteVolumeCopy> findByToken(Token token) {
        return list().stream()
                .filter(copy -> copy.token().equals(Optional.of(token)))
                .findFirst();
    }

    @Override
    public RemoteVolumeCopy read(RemoteId copy) {
        return view(account.image(account.number(copy, "copy"))).orElseThrow(() -> noCopy(copy));
    }

    private static CloudException.NotFound noCopy(RemoteId copy) {
        return new CloudException.NotFound("the image " + copy + " of OpenNebula is no copy of a volume");
    }

    @Override
    public List<RemoteVolumeCopy> list() {
        return account.ownImages().stream()
                .flatMap(image -> view(image).stream())
                .toList();
    }

    @Override
    public void delete(RemoteId copy) {
        try {
            int number = account.number(copy, "copy");
            Image image = watch.until(() -> account.image(number), one -> !States.isLocked(one));
            if (view(image).isEmpty()) {
                throw noCopy(copy);
            }
            account.deleteImage(number);
        } catch (CloudException.NotFound e) {
            // Gone already, which is what was wanted.
        }
    }

    @Override
    public RemoteVolume restore(RemoteId copy, Token token, String name, long sizeMib) {
        Optional<RemoteVolume> made = volumes.findByToken(token);
        int number = made.isPresent() ? account.number(made.get().id(), "volume") : cloned(copy, token, sizeMib);
        Image volume = watch.until(() -> account.image(number), image -> !States.isLocked(image));
        if (!Marks.tokenOf(volume.template()).equals(Optional.of(token))) {
            finish(volume, token, name, sizeMib);
        }
        return volumes.read(MachineView.id(number));
    }

    private int cloned(RemoteId copy, Token token, long sizeMib) {
        RemoteVolumeCopy source = read(copy);
        if (sizeMib < source.sizeMib()) {
            throw new CloudException.InvalidRequest("the copy " + copy + " has " + source.sizeMib()
                    + " MiB, and what is made of it has at least that, not " + sizeMib);
        }
        if (source.state() != VolumeState.ONLINE) {
            throw new CloudException.Conflict("the copy " + copy + " is not ready yet");
        }
        try {
            return copies.clone(account.number(copy, "copy"), Marks.Kind.VOLUME.name(token));
        } catch (CloudException.Conflict taken) {
            return volumes.findByToken(token)
                    .map(there -> account.number(there.id(), "volume"))
                    .orElseThrow(() -> taken);
        }
    }

    /** The token comes last: where it is missing, the steps before are done again. */
    private void finish(Image volume, Token token, String name, long sizeMib) {
        copies.makePersistent(volume.id());
        if (sizeMib > volume.sizeMib()) {
            account.resizeImage(volume.id(), sizeMib);
        }
        account.updateImage(volume.id(), Template.EMPTY.with(Marks.NAME, name).with(Marks.TOKEN, token.value()));
    }
}
