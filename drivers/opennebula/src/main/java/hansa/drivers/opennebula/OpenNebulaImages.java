package hansa.drivers.opennebula;

import hansa.cloud.CloudException;
import hansa.cloud.ImageStore;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.RemoteState;
import hansa.cloud.Token;
import hansa.protocols.opennebula.Image;
import hansa.protocols.opennebula.ImageState;
import hansa.protocols.opennebula.Template;
import hansa.protocols.opennebula.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Brings images to OpenNebula, which fetches them from this node, and fetches them from the folder of its datastores: its calls
 * carry no files. The token is the image's name, so OpenNebula itself refuses a second image with it.
 */
final class OpenNebulaImages implements ImageStore {

    private static final Set<String> FORMATS = Set.of("qcow2", "raw");

    private final Account account;
    private final CopyAccount copies;
    private final Watch watch;
    private final ImageServer server;
    private final ImageSettings settings;
    private final int datastore;
    private final TokenLocks locks = new TokenLocks();

    OpenNebulaImages(
            Account account,
            CopyAccount copies,
            Watch watch,
            ImageServer server,
            ImageSettings settings,
            int datastore) {
        this.account = account;
        this.copies = copies;
        this.watch = watch;
        this.server = server;
        this.settings = settings;
        this.datastore = datastore;
    }

    /** Answers when OpenNebula has fetched the file. */
    @Override
    public RemoteImage upload(Token token, String name, String format, Path file) {
        if (!FORMATS.contains(format)) {
            throw new CloudException.InvalidRequest(
                    "images are brought to OpenNebula as qcow2 or raw, not as '" + Refusals.oneLine(format) + "'");
        }
        return locks.holding(token, () -> {
            Optional<Image> there = ours(token).map(image -> fetched(image.id()));
            if (there.isPresent() && !failed(there.get())) {
                return Offer.image(there.get());
            }
            // Of an attempt whose file was not there any more.
            there.ifPresent(image -> account.deleteImage(image.id()));
            return Offer.image(bring(token, name, format, file));
        });
    }

    private Image bring(Token token, String name, String format, Path file) {
        try (ImageServer.Offer offer = server.offer(file)) {
            // 5.x knows the format as the driver of the disk, later versions as FORMAT.
            Template template = Template.EMPTY
                    .with("NAME", Marks.Kind.IMAGE.name(token))
                    .with(Marks.NAME, name)
                    .with(Marks.TOKEN, token.value())
                    .with("TYPE", "OS")
                    .with("PERSISTENT", "NO")
                    .with("PATH", offer.url())
                    .with("FORMAT", format)
                    .with("DRIVER", format);
            Image image = fetched(watch.until(() -> allocated(template, token), OptionalInt::isPresent)
                    .orElseThrow(() -> new CloudException.Conflict(
                            "the name of the image '" + Marks.Kind.IMAGE.name(token) + "' is taken at OpenNebula")));
            if (failed(image)) {
                String why =
                        image.template().text("ERROR").map(Refusals::oneLine).orElse("it does not say why");
                account.deleteImage(image.id());
                throw new CloudException.Unavailable("OpenNebula did not take the image '" + Refusals.oneLine(name)
                        + "' from " + settings.server() + ": " + why);
            }
            return image;
        }
    }

    /** Another node's where there is one. Empty while the image that had the name before is still being deleted. */
    private OptionalInt allocated(Template template, Token token) {
        try {
            return OptionalInt.of(account.allocateImage(template, datastore));
        } catch (CloudException.Conflict taken) {
            return ours(token).map(image -> OptionalInt.of(image.id())).orElseGet(OptionalInt::empty);
        }
    }

    private Image fetched(int number) {
        Image image = watch.until(() -> account.image(number), one -> !States.isLocked(one), settings.timeLimit());
        if (States.isLocked(image)) {
            throw new CloudException.Unavailable(
                    "OpenNebula still fetches the image " + number + " after " + settings.timeLimit());
        }
        return image;
    }

    private static boolean failed(Image image) {
        return image.imageState().equals(Optional.of(ImageState.ERROR));
    }

    /** A machine that runs goes on meanwhile, and the image is as its disk would be after a power cut. */
    @Override
    public RemoteImage capture(RemoteId machine, Token token, String name) {
        int number = account.number(machine, "machine");
        return locks.holding(token, () -> {
            Image image = ours(token).orElseGet(() -> account.image(save(number, token)));
            if (!Marks.tokenOf(image.template()).equals(Optional.of(token))) {
                account.updateImage(
                        image.id(), Template.EMPTY.with(Marks.NAME, name).with(Marks.TOKEN, token.value()));
            }
            return Offer.image(account.image(image.id()));
        });
    }

    private int save(int machine, Token token) {
        VirtualMachine vm = watch.settled(machine);
        RemoteState state = States.of(vm);
        OptionalInt root = MachineView.root(vm.template())
                .filter(disk -> disk.integer("IMAGE_ID").isPresent())
                .map(disk -> disk.integer("DISK_ID"))
                .orElseGet(OptionalInt::empty);
        boolean still = state == RemoteState.RUNNING || state == RemoteState.STOPPED || state == RemoteState.SAVED;
        if (!still || root.isEmpty()) {
            throw new CloudException.Conflict("the machine " + machine
                    + (still ? " has no root disk that OpenNebula can save" : " is busy; capture it when it is not"));
        }
        return copies.save(machine, root.getAsInt(), Marks.Kind.IMAGE.name(token));
    }

    private Optional<Image> ours(Token token) {
        String name = Marks.Kind.IMAGE.name(token);
        return account.ownImages().stream()
                .filter(image -> image.name().equals(name))
                .findFirst();
    }

    @Override
    public Optional<RemoteImage> findByToken(Token token) {
        return ours(token).map(Offer::image);
    }

    @Override
    public RemoteImage read(RemoteId image) {
        return Offer.image(there(image));
    }

    /** @throws CloudException.NotFound also for one that no machine boots from */
    private Image there(RemoteId id) {
        Image image = account.image(account.number(id, "image"));
        if (image.type() != Image.OPERATING_SYSTEM) {
            throw new CloudException.NotFound("the image " + id + " of OpenNebula is none to boot from");
        }
        return image;
    }

    /** @throws CloudException.Conflict where it is not ready, or lies in no datastore of files */
    @Override
    public void download(RemoteId image, Path file) {
        Image there = there(image);
        boolean ready = there.imageState().map(States::image).equals(Optional.of(RemoteImage.ImageState.READY));
        if (!ready || there.imageState().equals(Optional.of(ImageState.USED_PERS))) {
            throw new CloudException.Conflict("the image " + image + " is not ready, or a machine writes to it");
        }
        Path source = source(there);
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new CloudException.Unavailable("no file can be made for the image " + image, e);
        }
        boolean whole = false;
        try {
            Files.copy(source, file, StandardCopyOption.REPLACE_EXISTING);
            whole = true;
        } catch (IOException e) {
            throw new CloudException.Unavailable("the image " + image + " cannot be copied from its datastore", e);
        } finally {
            if (!whole) {
                discard(file);
            }
        }
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new CloudException.Unavailable("a half copied image cannot be removed", e);
        }
    }

    /** By the last part of what OpenNebula says: this node may see the datastores elsewhere, and nothing outside of them is read. */
    private Path source(Image image) {
        String said = image.source();
        String name = said.substring(said.lastIndexOf('/') + 1);
        CloudException.Conflict elsewhere = new CloudException.Conflict(
                "the image " + image.id() + " of OpenNebula is no file below " + settings.datastores());
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,127}") || image.datastore() < 0) {
            throw elsewhere;
        }
        try {
            Path root = settings.datastores().toRealPath();
            Path file = root.resolve(Integer.toString(image.datastore()))
                    .resolve(name)
                    .toRealPath();
            if (file.startsWith(root) && Files.isRegularFile(file)) {
                return file;
            }
        } catch (IOException e) {
            elsewhere.addSuppressed(e);
        }
        throw elsewhere;
    }

    @Override
    public void delete(RemoteId image) {
        try {
            Image there = watch.until(() -> there(image), one -> !States.isLocked(one));
            if (Marks.Kind.IMAGE.token(there.name()).isEmpty()) {
                throw new CloudException.InvalidRequest("the image " + image + " is not one that Hansa brought");
            }
            if (!there.machines().isEmpty()) {
                throw new CloudException.Conflict("the image " + image + " is used by the machine "
                        + there.machines().getFirst());
            }
            account.deleteImage(there.id());
        } catch (CloudException.NotFound e) {
            // Gone already, which is what was wanted.
        }
    }
}
