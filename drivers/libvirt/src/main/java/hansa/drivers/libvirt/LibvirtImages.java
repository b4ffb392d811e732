package hansa.drivers.libvirt;

import hansa.cloud.CloudException;
import hansa.cloud.ImageStore;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.RemoteImage.ImageState;
import hansa.cloud.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Images as files: those of the administrator's folder, offered as they are, and those that were uploaded or captured,
 * each in a folder of its own with {@code image.json} beside it, which is written last.
 */
final class LibvirtImages implements ImageStore {

    private static final Logger LOG = LoggerFactory.getLogger(LibvirtImages.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern FILE = Pattern.compile("([A-Za-z0-9][A-Za-z0-9_.-]{0,100})\\.(qcow2|raw|img)");

    private final Path folder;
    private final Optional<Path> offered;
    private final QemuImg tool;
    private final Machines machines;
    private final Map<Path, Checked> checked = new ConcurrentHashMap<>();
    private final Map<RemoteId, Thread> copying = new ConcurrentHashMap<>();

    LibvirtImages(Path folder, Optional<Path> offered, QemuImg tool, Machines machines) {
        this.folder = folder;
        this.offered = offered;
        this.tool = tool;
        this.machines = machines;
    }

    /** What a machine's root disk is laid over. */
    record Base(Path file, String format, long virtualBytes) {}

    private record Checked(long size, long modified, long virtualBytes) {}

    /** @throws CloudException.NotFound where there is none, {@link CloudException.Conflict} where it is not ready */
    Base base(RemoteId id) {
        RemoteImage image = read(id);
        if (image.state() != ImageState.READY) {
            throw new CloudException.Conflict("the image " + id + " is not ready yet");
        }
        Path file = file(image);
        return Folders.look("read the image " + id, () -> {
            long size = Files.size(file);
            long modified = Files.getLastModifiedTime(file).toMillis();
            Checked known = checked.get(file);
            if (known == null || known.size != size || known.modified != modified) {
                known = new Checked(size, modified, tool.virtualSize(image.format(), file));
                checked.put(file, known);
            }
            return new Base(file, image.format(), known.virtualBytes);
        });
    }

    List<RemoteImage> list() {
        List<RemoteImage> images = new ArrayList<>(offeredImages());
        for (Path each : Folders.look("list the images", () -> Folders.children(folder))) {
            stored(each).ifPresent(images::add);
        }
        return images;
    }

    private List<RemoteImage> offeredImages() {
        if (offered.isEmpty()) {
            return List.of();
        }
        List<RemoteImage> images = new ArrayList<>();
        for (Path file : Folders.look("list the images", () -> Folders.children(offered.get()))) {
            var matcher = FILE.matcher(file.getFileName().toString());
            if (matcher.matches() && Files.isRegularFile(file)) {
                String name = matcher.group(1);
                String format = matcher.group(2).equals("qcow2") ? "qcow2" : "raw";
                long size = Folders.look("read the image " + name, () -> Files.size(file));
                images.add(new RemoteImage(new RemoteId(name), Optional.empty(), name, format, size, ImageState.READY));
            }
        }
        return images;
    }

    private Optional<RemoteImage> stored(Path itsFolder) {
        Path description = itsFolder.resolve("image.json");
        if (!Files.isRegularFile(description)) {
            return Optional.empty();
        }
        return Folders.look("read the image " + itsFolder.getFileName(), () -> {
            try {
                JsonNode json = JSON.readTree(Files.readAllBytes(description));
                Token token = new Token(itsFolder.getFileName().toString());
                RemoteId id = new RemoteId(token.value());
                String format = json.path("format").asString("");
                Path file = itsFolder.resolve("disk." + format);
                ImageState state = Files.isRegularFile(file)
                        ? ImageState.READY
                        : copying.containsKey(id) ? ImageState.SAVING : ImageState.FAILED;
                long size = state == ImageState.READY ? Files.size(file) : 0;
                return Optional.of(new RemoteImage(
                        id, Optional.of(token), json.path("name").asString(""), format, size, state));
            } catch (JacksonException e) {
                throw new IOException(description + " is damaged: " + e.getOriginalMessage(), e);
            }
        });
    }

    private Path file(RemoteImage image) {
        if (image.token().isPresent()) {
            return folder.resolve(image.id().value()).resolve("disk." + image.format());
        }
        Path from = offered.orElseThrow();
        List<String> endings = image.format().equals("qcow2") ? List.of(".qcow2") : List.of(".raw", ".img");
        return endings.stream()
                .map(ending -> from.resolve(image.id().value() + ending))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> notFound(image.id()));
    }

    private static CloudException.NotFound notFound(RemoteId id) {
        return new CloudException.NotFound("there is no image " + id + " here");
    }

    @Override
    public RemoteImage upload(Token token, String name, String format, Path source) {
        if (!format.equals("qcow2") && !format.equals("raw")) {
            throw new CloudException.InvalidRequest(
                    "images must be qcow2 or raw, not '" + format + "'; convert it with qemu-img convert");
        }
        RemoteId id = new RemoteId(token.value());
        return machines.holding(id, () -> {
            Optional<RemoteImage> there = findByToken(token);
            if (there.isPresent() && there.get().state() == ImageState.READY) {
                return there.get();
            }
            Path own = folder.resolve(token.value());
            Path file = own.resolve("disk." + format);
            Path part = Folders.sibling(file, ".part");
            Folders.change("store the image " + name, () -> {
                Folders.delete(own);
                Files.createDirectories(own);
                Files.copy(source, part, StandardCopyOption.REPLACE_EXISTING);
            });
            try {
                // Our copy is looked at, not the source, which may change after the look.
                tool.virtualSize(format, part);
            } catch (CloudException refused) {
                Folders.change("remove the refused image " + name, () -> Folders.delete(own));
                throw refused;
            }
            Folders.change("store the image " + name, () -> {
                Folders.settle(part, file);
                describe(own, name, format);
            });
            return read(id);
        });
    }

    private static void describe(Path own, String name, String format) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", name);
        json.put("format", format);
        Folders.write(own.resolve("image.json"), JSON.writeValueAsBytes(json));
    }

    @Override
    public RemoteImage capture(RemoteId machine, Token token, String name) {
        RemoteId id = new RemoteId(token.value());
        return machines.holding(id, () -> {
            Optional<RemoteImage> there = findByToken(token);
            if (there.isPresent() && there.get().state() != ImageState.FAILED) {
                return there.get();
            }
            Machines.Machine source = machines.require(machine).reached();
            if (source.info().isAdopted()) {
                throw new CloudException.InvalidRequest("the machine " + machine
                        + " was adopted; its disk is not kept here, so no image can be made of it");
            }
            switch (source.state().state()) {
                case STOPPED, PAUSED -> {}
                case RUNNING, BUILDING, SAVED, BUSY, FAILED ->
                    throw new CloudException.Conflict("the machine " + machine + " is "
                            + source.state().state().name().toLowerCase(java.util.Locale.ROOT)
                            + "; stop or pause it to make an image of its disk");
            }
            if (!machines.begin(machine, "its disk is being copied into an image")) {
                throw new CloudException.Conflict("the machine " + machine + " is busy; try again later");
            }
            try {
                Path own = folder.resolve(token.value());
                Folders.change("make the image " + name, () -> {
                    Folders.delete(own);
                    Files.createDirectories(own);
                    describe(own, name, "qcow2");
                });
                Thread copy = Thread.ofVirtual()
                        .name("capture " + machine)
                        .unstarted(() -> copy(source.files().root(), own.resolve("disk.qcow2"), machine, id));
                copying.put(id, copy);
                copy.start();
            } catch (CloudException e) {
                machines.end(machine);
                throw e;
            }
            return read(id);
        });
    }

    private void copy(Path root, Path file, RemoteId machine, RemoteId image) {
        try {
            Path part = Folders.sibling(file, ".part");
            tool.flatten(root, part);
            Folders.change("make the image " + image, () -> Folders.settle(part, file));
        } catch (CloudException e) {
            LOG.warn("the image {} of the machine {} could not be made: {}", image, machine, e.text());
        } finally {
            machines.end(machine);
            copying.remove(image);
        }
    }

    @Override
    public Optional<RemoteImage> findByToken(Token token) {
        return stored(folder.resolve(token.value()));
    }

    @Override
    public RemoteImage read(RemoteId id) {
        return list().stream()
                .filter(image -> image.id().equals(id))
                .findFirst()
                .orElseThrow(() -> notFound(id));
    }

    @Override
    public void download(RemoteId id, Path target) {
        RemoteImage image = read(id);
        if (image.state() != ImageState.READY) {
            throw new CloudException.Conflict("the image " + id + " is not ready yet");
        }
        Folders.change("download the image " + id, () -> Files.copy(file(image), target));
    }

    @Override
    public void delete(RemoteId id) {
        machines.hold(id, () -> {
            Optional<RemoteImage> image =
                    list().stream().filter(i -> i.id().equals(id)).findFirst();
            if (image.isEmpty()) {
                return;
            }
            if (image.get().token().isEmpty()) {
                throw new CloudException.InvalidRequest(
                        "the image " + id + " is one of the administrator's; remove its file to withdraw it");
            }
            if (image.get().state() == ImageState.SAVING) {
                throw new CloudException.Conflict("the image " + id + " is being made; delete it when it is ready");
            }
            machines.all().stream()
                    .filter(m -> m.info().image().equals(id))
                    .findFirst()
                    .ifPresent(user -> {
                        throw new CloudException.Conflict(
                                "the image " + id + " is needed by the machine " + user.id() + "; delete that first");
                    });
            Path own = folder.resolve(id.value());
            Folders.change("delete the image " + id, () -> {
                Files.deleteIfExists(own.resolve("image.json"));
                Folders.delete(own);
            });
        });
    }

    /** Clears away what a crash left of images that were being brought. */
    void sweep() {
        Folders.change("clear away half-made images", () -> {
            for (Path own : Folders.children(folder)) {
                RemoteId id = new RemoteId(own.getFileName().toString());
                if (!Files.exists(own.resolve("image.json")) && !copying.containsKey(id)) {
                    machines.hold(
                            id,
                            () -> Folders.change("clear away " + own, () -> {
                                if (!Files.exists(own.resolve("image.json"))) {
                                    Folders.delete(own);
                                }
                            }));
                }
            }
        });
    }
}
