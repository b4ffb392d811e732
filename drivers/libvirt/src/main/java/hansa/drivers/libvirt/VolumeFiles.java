package hansa.drivers.libvirt;

import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume.VolumeState;
import hansa.cloud.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Volumes as they lie on the disk: qcow2 files, each in a folder of its own with {@code volume.json} beside it. That is
 * written last, but for those that are made of copies, where it is written first and the disk is there when it is whole.
 */
final class VolumeFiles {

    static final long MIB = 1024L * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final QemuImg tool;
    private final DiskCopying copying;

    VolumeFiles(Path folder, QemuImg tool, DiskCopying copying) {
        this.folder = folder;
        this.tool = tool;
        this.copying = copying;
    }

    /**
     * A volume without its holder.
     *
     * @param from the copy that it was to be filled with; only looked at while it is not whole
     */
    record Stored(Token token, String name, long sizeMib, Optional<RemoteId> from, VolumeState state, String message) {}

    static RemoteId id(Token token) {
        return new RemoteId(token.value());
    }

    private Path own(RemoteId volume) {
        return folder.resolve(volume.value());
    }

    Path disk(RemoteId volume) {
        return own(volume).resolve("disk.qcow2");
    }

    Optional<Stored> find(RemoteId volume) {
        return children().stream()
                .filter(each -> each.getFileName().toString().equals(volume.value()))
                .findFirst()
                .flatMap(this::stored);
    }

    List<Stored> all() {
        return children().stream().flatMap(each -> stored(each).stream()).toList();
    }

    private List<Path> children() {
        return Folders.look("list the volumes", () -> Folders.children(folder));
    }

    private Optional<Stored> stored(Path itsFolder) {
        Path description = itsFolder.resolve("volume.json");
        if (!Files.isRegularFile(description)) {
            return Optional.empty();
        }
        Token token = new Token(itsFolder.getFileName().toString());
        RemoteId id = id(token);
        // Asked before the disk is looked for: what ends in between is there.
        boolean making = copying.isMaking(id);
        VolumeState state =
                Files.isRegularFile(disk(id)) ? VolumeState.ONLINE : making ? VolumeState.BUILDING : VolumeState.FAILED;
        return Folders.look("read the volume " + token, () -> {
            try {
                JsonNode json = JSON.readTree(Files.readAllBytes(description));
                return Optional.of(new Stored(
                        token,
                        json.path("name").asString(""),
                        json.path("sizeMib").asLong(0),
                        Optional.of(json.path("from").asString(""))
                                .filter(from -> !from.isEmpty())
                                .map(RemoteId::new),
                        state,
                        state == VolumeState.FAILED ? copying.failure(id) : ""));
            } catch (JacksonException e) {
                throw new IOException(description + " is damaged: " + e.getOriginalMessage(), e);
            }
        });
    }

    void create(Token token, String name, long sizeMib) {
        Folders.change("make the volume " + name, () -> {
            Path disk = disk(id(token));
            Folders.delete(own(id(token)));
            Files.createDirectories(own(id(token)));
            tool.empty(disk, sizeMib * MIB);
            Folders.onlyForOwner(disk);
            describe(token, name, sizeMib, Optional.empty());
        });
    }

    /** Begins a volume that a copy of a disk will fill, whatever an earlier attempt has left. */
    void begin(Token token, String name, long sizeMib, RemoteId from) {
        Folders.change("make the volume " + name, () -> {
            Folders.delete(own(id(token)));
            Files.createDirectories(own(id(token)));
            describe(token, name, sizeMib, Optional.of(from));
        });
    }

    void resized(Token token, String name, long sizeMib) {
        Folders.change("describe the volume " + name, () -> describe(token, name, sizeMib, Optional.empty()));
    }

    private void describe(Token token, String name, long sizeMib, Optional<RemoteId> from) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", name);
        json.put("sizeMib", sizeMib);
        from.ifPresent(copy -> json.put("from", copy.value()));
        Folders.write(own(id(token)).resolve("volume.json"), JSON.writeValueAsBytes(json));
    }

    void delete(RemoteId volume) {
        Folders.change("delete the volume " + volume, () -> {
            Files.deleteIfExists(own(volume).resolve("volume.json"));
            Folders.delete(own(volume));
        });
        copying.forget(volume);
    }

    /** What a crash left before it was described. */
    List<RemoteId> halfMade() {
        return children().stream()
                .filter(each -> !Files.exists(each.resolve("volume.json")))
                .map(each -> new RemoteId(each.getFileName().toString()))
                .toList();
    }

    boolean isHalfMade(RemoteId volume) {
        return !Files.exists(own(volume).resolve("volume.json"));
    }
}
