package hansa.drivers.libvirt;

import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume.VolumeState;
import hansa.cloud.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Disks of one kind as qcow2 files, each in a folder of its own with a description beside it. One without a description
 * is what a crash left; one without a disk is being copied, or its copying was cut short.
 */
final class DescribedDisks {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final String kind;
    private final DiskCopying copying;

    /** @param kind for messages and for the description's name, such as {@code volume} */
    DescribedDisks(Path folder, String kind, DiskCopying copying) {
        this.folder = folder;
        this.kind = kind;
        this.copying = copying;
    }

    /** Makes something of a description. */
    interface Reader<T> {
        T read(Token token, VolumeState state, String message, JsonNode description);
    }

    static RemoteId id(Token token) {
        return new RemoteId(token.value());
    }

    private Path own(RemoteId id) {
        return folder.resolve(id.value());
    }

    private Path description(RemoteId id) {
        return own(id).resolve(kind + ".json");
    }

    Path disk(RemoteId id) {
        return own(id).resolve("disk.qcow2");
    }

    <T> Optional<T> find(RemoteId id, Reader<T> reader) {
        return children().stream().filter(id::equals).findFirst().flatMap(there -> read(there, reader));
    }

    <T> List<T> all(Reader<T> reader) {
        return children().stream().flatMap(id -> read(id, reader).stream()).toList();
    }

    private List<RemoteId> children() {
        return Folders.look("look for each " + kind, () -> Folders.children(folder)).stream()
                .map(each -> new RemoteId(each.getFileName().toString()))
                .toList();
    }

    private <T> Optional<T> read(RemoteId id, Reader<T> reader) {
        Path description = description(id);
        if (!Files.isRegularFile(description)) {
            return Optional.empty();
        }
        // Asked before the disk is looked for: what ends in between is there.
        boolean making = copying.isMaking(id);
        VolumeState state =
                Files.isRegularFile(disk(id)) ? VolumeState.ONLINE : making ? VolumeState.BUILDING : VolumeState.FAILED;
        return Folders.look("read the " + kind + " " + id, () -> {
            try {
                return Optional.of(reader.read(
                        new Token(id.value()),
                        state,
                        state == VolumeState.FAILED ? copying.failure(id) : "",
                        JSON.readTree(Files.readAllBytes(description))));
            } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
                throw new IOException(description + " is damaged: " + e.getMessage(), e);
            }
        });
    }

    /** An empty folder for it, whatever an earlier attempt has left. */
    void begin(RemoteId id) throws IOException {
        Folders.delete(own(id));
        Files.createDirectories(own(id));
    }

    static ObjectNode description() {
        return JSON.createObjectNode();
    }

    void describe(RemoteId id, ObjectNode description) throws IOException {
        Folders.write(description(id), JSON.writeValueAsBytes(description));
    }

    void delete(RemoteId id) {
        Folders.change("delete the " + kind + " " + id, () -> {
            Files.deleteIfExists(description(id));
            Folders.delete(own(id));
        });
        copying.forget(id);
    }

    /** What a crash left before it was described. */
    List<RemoteId> halfMade() {
        return children().stream().filter(this::isHalfMade).toList();
    }

    boolean isHalfMade(RemoteId id) {
        return !Files.exists(description(id));
    }
}
