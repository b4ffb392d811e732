package hansa.drivers.libvirt;

import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume.VolumeState;
import hansa.cloud.Token;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Volumes as they lie on the disk. They are described last, but for those that are made of copies, which are described
 * first and have their disk when it is whole.
 */
final class VolumeFiles {

    static final long MIB = 1024L * 1024;

    private final DescribedDisks disks;
    private final QemuImg tool;

    VolumeFiles(Path folder, QemuImg tool, DiskCopying copying) {
        this.disks = new DescribedDisks(folder, "volume", copying);
        this.tool = tool;
    }

    /**
     * A volume without its holder.
     *
     * @param from the copy that it was to be filled with; only looked at while it is not whole
     */
    record Stored(Token token, String name, long sizeMib, Optional<RemoteId> from, VolumeState state, String message) {}

    static RemoteId id(Token token) {
        return DescribedDisks.id(token);
    }

    Path disk(RemoteId volume) {
        return disks.disk(volume);
    }

    Optional<Stored> find(RemoteId volume) {
        return disks.find(volume, VolumeFiles::stored);
    }

    List<Stored> all() {
        return disks.all(VolumeFiles::stored);
    }

    private static Stored stored(Token token, VolumeState state, String message, JsonNode json) {
        return new Stored(
                token,
                json.path("name").asString(""),
                json.path("sizeMib").asLong(0),
                Optional.of(json.path("from").asString(""))
                        .filter(from -> !from.isEmpty())
                        .map(RemoteId::new),
                state,
                message);
    }

    void create(Token token, String name, long sizeMib) {
        Folders.change("make the volume " + name, () -> {
            Path disk = disk(id(token));
            disks.begin(id(token));
            tool.empty(disk, sizeMib * MIB);
            Folders.onlyForOwner(disk);
            describe(token, name, sizeMib, Optional.empty());
        });
    }

    /** Begins a volume that a copy of a disk will fill, whatever an earlier attempt has left. */
    void begin(Token token, String name, long sizeMib, RemoteId from) {
        Folders.change("make the volume " + name, () -> {
            disks.begin(id(token));
            describe(token, name, sizeMib, Optional.of(from));
        });
    }

    void resized(Token token, String name, long sizeMib) {
        Folders.change("describe the volume " + name, () -> describe(token, name, sizeMib, Optional.empty()));
    }

    private void describe(Token token, String name, long sizeMib, Optional<RemoteId> from) throws IOException {
        ObjectNode json = DescribedDisks.description();
        json.put("name", name);
        json.put("sizeMib", sizeMib);
        from.ifPresent(copy -> json.put("from", copy.value()));
        disks.describe(id(token), json);
    }

    void delete(RemoteId volume) {
        disks.delete(volume);
    }

    /** What a crash left before it was described. */
    List<RemoteId> halfMade() {
        return disks.halfMade();
    }

    boolean isHalfMade(RemoteId volume) {
        return disks.isHalfMade(volume);
    }
}
