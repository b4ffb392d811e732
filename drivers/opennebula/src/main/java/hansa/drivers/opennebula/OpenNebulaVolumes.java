package hansa.drivers.opennebula;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume;
import hansa.cloud.RemoteVolume.VolumeState;
import hansa.cloud.RemoteVolumeCopy;
import hansa.cloud.Token;
import hansa.cloud.Volumes;
import hansa.protocols.opennebula.Element;
import hansa.protocols.opennebula.Image;
import hansa.protocols.opennebula.Template;
import hansa.protocols.opennebula.VirtualMachine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Volumes are persistent data blocks. A machine knows them by the image's number, and by a disk's number of its own. */
final class OpenNebulaVolumes implements Volumes {

    private static final long LARGEST_MIB = 64L * 1024 * 1024;

    private final Account account;
    private final Watch watch;
    private final int datastore;

    OpenNebulaVolumes(Account account, Watch watch, int datastore) {
        this.account = account;
        this.watch = watch;
        this.datastore = datastore;
    }

    @Override
    public RemoteVolume create(Token token, String name, long sizeMib) {
        requireSize(sizeMib);
        Optional<RemoteVolume> made = findByToken(token);
        if (made.isPresent()) {
            return made.get();
        }
        Template template = Template.EMPTY
                .with("NAME", Marks.Kind.VOLUME.name(token))
                .with(Marks.NAME, name)
                .with(Marks.TOKEN, token.value())
                .with("TYPE", "DATABLOCK")
                .with("PERSISTENT", "YES")
                .with("SIZE", Long.toString(sizeMib));
        try {
            return view(account.image(account.allocateImage(template, datastore)));
        } catch (CloudException.Conflict taken) {
            return findByToken(token).orElseThrow(() -> taken);
        }
    }

    private static void requireSize(long sizeMib) {
        if (sizeMib < 1 || sizeMib > LARGEST_MIB) {
            throw new CloudException.InvalidRequest("a volume has 1 to " + LARGEST_MIB + " MiB, not " + sizeMib);
        }
    }

    private static RemoteVolume view(Image image) {
        return new RemoteVolume(
                MachineView.id(image.id()),
                Marks.Kind.VOLUME.token(image.name()),
                Marks.nameOf(image.template(), image.name()),
                image.sizeMib(),
                state(image),
                image.template().text("ERROR").map(Refusals::oneLine).orElse(""),
                image.machines().stream().findFirst().map(MachineView::id));
    }

    /** A volume that is made of a copy gets its token as an attribute when all else about it is as it should be. */
    private static VolumeState state(Image image) {
        Optional<Token> token = Marks.Kind.VOLUME.token(image.name());
        boolean unfinished =
                token.isPresent() && !Marks.tokenOf(image.template()).equals(token);
        return unfinished
                ? VolumeState.BUILDING
                : image.imageState().map(States::volume).orElse(VolumeState.BUILDING);
    }

    @Override
    public Optional<RemoteVolume> findByToken(Token token) {
        String name = Marks.Kind.VOLUME.name(token);
        return account.ownImages().stream()
                .filter(image -> image.name().equals(name))
                .findFirst()
                .map(OpenNebulaVolumes::view);
    }

    @Override
    public RemoteVolume read(RemoteId volume) {
        return view(block(volume));
    }

    /** @throws CloudException.NotFound also for an image that is no volume */
    Image block(RemoteId volume) {
        Image image = account.image(account.number(volume, "volume"));
        if (!isVolume(image)) {
            throw new CloudException.NotFound("the image " + volume + " of OpenNebula is no volume");
        }
        return image;
    }

    /** The volume when its datastore is not at work on it any more, or when the patience is at its end. */
    private Image unlocked(RemoteId volume) {
        return watch.until(() -> block(volume), image -> !States.isLocked(image));
    }

    private static boolean isVolume(Image image) {
        boolean ours = Marks.Kind.VOLUME.token(image.name()).isPresent();
        return image.type() == Image.DATA_BLOCK && (image.persistent() || ours);
    }

    @Override
    public List<RemoteVolume> list() {
        return account.ownImages().stream()
                .filter(image -> Marks.Kind.VOLUME.token(image.name()).isPresent())
                .map(OpenNebulaVolumes::view)
                .toList();
    }

    @Override
    public void delete(RemoteId volume) {
        try {
            Image image = unlocked(volume);
            if (!image.machines().isEmpty()) {
                throw new CloudException.Conflict("the volume " + volume + " is attached to the machine "
                        + image.machines().getFirst());
            }
            requireNoSnapshots(image);
            account.deleteImage(image.id());
        } catch (CloudException.NotFound e) {
            // Gone already, which is what was wanted.
        }
    }

    private void requireNoSnapshots(Image volume) {
        boolean has = account.ownImages().stream()
                .flatMap(image -> CopyName.parse(image.name()).stream())
                .anyMatch(copy -> copy.kind() == RemoteVolumeCopy.Kind.SNAPSHOT && copy.volume() == volume.id());
        if (has) {
            throw new CloudException.Conflict("the volume " + volume.id() + " has snapshots, which go first");
        }
    }

    @Override
    public RemoteDisk attach(RemoteId machine, RemoteId volume, Optional<String> device) {
        int number = account.number(machine, "machine");
        Image image = unlocked(volume);
        Optional<Element> there = disk(watch.settled(number), image.id());
        if (there.isPresent()) {
            return MachineView.disk(there.get());
        }
        if (!image.machines().isEmpty()) {
            throw new CloudException.Conflict("the volume " + volume + " is attached to the machine "
                    + image.machines().getFirst() + " already");
        }
        account.attach(number, Template.EMPTY.with("DISK", order(image, device)));
        return disk(watch.settled(number), image.id())
                .map(MachineView::disk)
                .orElseThrow(() -> new CloudException.Conflict(
                        "OpenNebula did not plug the volume " + volume + " into the machine " + machine));
    }

    private static SequencedMap<String, String> order(Image image, Optional<String> device) {
        SequencedMap<String, String> disk = new LinkedHashMap<>();
        disk.put("IMAGE_ID", Integer.toString(image.id()));
        device.filter(wish -> wish.matches("/dev/[a-z]{3}")).ifPresent(wish -> disk.put("TARGET", wish.substring(5)));
        return disk;
    }

    private static Optional<Element> disk(VirtualMachine vm, int image) {
        return MachineView.dataDisks(vm)
                .filter(disk -> disk.integer("IMAGE_ID").orElse(-1) == image)
                .findFirst();
    }

    @Override
    public void detach(RemoteId machine, RemoteId volume) {
        try {
            int number = account.number(machine, "machine");
            Optional<Element> disk = disk(watch.settled(number), account.number(volume, "volume"));
            if (disk.isPresent() && disk.get().integer("DISK_ID").isPresent()) {
                account.detach(number, disk.get().integer("DISK_ID").getAsInt());
                watch.settled(number);
            }
        } catch (CloudException.NotFound e) {
            // Where one of both is gone, nothing is attached.
        }
    }

    /**
     * Grows the image itself where this version of OpenNebula can, and else the disk of the machine that holds it.
     *
     * @throws CloudException.Conflict where it can only grow attached and is not
     */
    @Override
    public RemoteVolume resize(RemoteId volume, long sizeMib) {
        requireSize(sizeMib);
        Image image = unlocked(volume);
        if (sizeMib < image.sizeMib()) {
            throw new CloudException.InvalidRequest(
                    "the volume " + volume + " has " + image.sizeMib() + " MiB and cannot shrink");
        }
        if (sizeMib == image.sizeMib()) {
            return view(image);
        }
        if (image.machines().isEmpty()) {
            growAlone(image, sizeMib);
            return read(volume);
        }
        growInMachine(image, sizeMib);
        return grown(read(volume), sizeMib);
    }

    /** Where machines work on copies of their images, the image itself only grows when its machine gives it back. */
    private static RemoteVolume grown(RemoteVolume volume, long sizeMib) {
        return new RemoteVolume(
                volume.id(),
                volume.token(),
                volume.name(),
                Math.max(volume.sizeMib(), sizeMib),
                volume.state(),
                volume.message(),
                volume.attachedTo());
    }

    private void growAlone(Image image, long sizeMib) {
        try {
            account.resizeImage(image.id(), sizeMib);
        } catch (CloudException.InvalidRequest e) {
            throw new CloudException.Conflict("this OpenNebula resizes volumes only while a machine holds them: attach "
                    + image.id() + " to one first (" + e.text() + ")");
        }
    }

    private void growInMachine(Image image, long sizeMib) {
        int machine = image.machines().getFirst();
        Element disk = disk(watch.settled(machine), image.id())
                .orElseThrow(() -> new CloudException.Conflict(
                        "the volume " + image.id() + " is about to leave the machine " + machine));
        account.resizeDisk(machine, disk.integer("DISK_ID").orElse(-1), sizeMib);
        boolean grew = disk(watch.settled(machine), image.id())
                .filter(now -> now.number("SIZE").orElse(0) >= sizeMib)
                .isPresent();
        if (!grew) {
            throw new CloudException.Conflict(
                    "OpenNebula could not make the volume " + image.id() + " larger in the machine " + machine);
        }
    }
}
