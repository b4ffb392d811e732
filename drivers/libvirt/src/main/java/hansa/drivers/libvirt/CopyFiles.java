package hansa.drivers.libvirt;

import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume.VolumeState;
import hansa.cloud.RemoteVolumeCopy;
import hansa.cloud.RemoteVolumeCopy.Kind;
import hansa.cloud.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Copies of volumes as they lie on the disk: each in a folder of its own, {@code copy.json} first and the disk when it is
 * whole.
 */
final class CopyFiles {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final DiskCopying copying;

    CopyFiles(Path folder, DiskCopying copying) {
        this.folder = folder;
        this.copying = copying;
    }

    static RemoteId id(Token token) {
        return new RemoteId(token.value());
    }

    private Path own(RemoteId copy) {
        return folder.resolve(copy.value());
    }

    Path disk(RemoteId copy) {
        return own(copy).resolve("disk.qcow2");
    }

    Optional<RemoteVolumeCopy> find(RemoteId copy) {
        return children().stream()
                .filter(each -> each.getFileName().toString().equals(copy.value()))
                .findFirst()
                .flatMap(this::stored);
    }

    List<RemoteVolumeCopy> all() {
        return children().stream().flatMap(each -> stored(each).stream()).toList();
    }

    boolean hasSnapshots(RemoteId volume) {
        return all().stream()
                .anyMatch(copy -> copy.kind() == Kind.SNAPSHOT && copy.volume().equals(volume));
    }

    private List<Path> children() {
        return Folders.look("list the copies of volumes", () -> Folders.children(folder));
    }

    private Optional<RemoteVolumeCopy> stored(Path itsFolder) {
        Path description = itsFolder.resolve("copy.json");
        if (!Files.isRegularFile(description)) {
            return Optional.empty();
        }
        Token token = new Token(itsFolder.getFileName().toString());
        RemoteId id = id(token);
        // Asked before the disk is looked for: what ends in between is there.
        boolean making = copying.isMaking(id);
        VolumeState state =
                Files.isRegularFile(disk(id)) ? VolumeState.ONLINE : making ? VolumeState.BUILDING : VolumeState.FAILED;
        return Folders.look("read the copy " + token, () -> {
            try {
                JsonNode json = JSON.readTree(Files.readAllBytes(description));
                return Optional.of(new RemoteVolumeCopy(
                        id,
                        Optional.of(token),
                        Kind.valueOf(json.path("kind").asString("")),
                        new RemoteId(json.path("volume").asString("")),
                        json.path("name").asString(""),
                        json.path("sizeMib").asLong(0),
                        state,
                        state == VolumeState.FAILED ? copying.failure(id) : "",
                        Instant.parse(json.path("taken").asString(""))));
            } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
                throw new IOException(description + " is damaged: " + e.getMessage(), e);
            }
        });
    }

    /** Begins a copy anew, whatever an earlier attempt has left. */
    void begin(Token token, Kind kind, RemoteId volume, String name, long sizeMib, Instant taken) {
        ObjectNode json = JSON.createObjectNode();
        json.put("kind", kind.name());
        json.put("volume", volume.value());
        json.put("name", name);
        json.put("sizeMib", sizeMib);
        json.put("taken", taken.toString());
        Path own = own(id(token));
        Folders.change("make the copy " + name, () -> {
            Folders.delete(own);
            Files.createDirectories(own);
            Folders.write(own.resolve("copy.json"), JSON.writeValueAsBytes(json));
        });
    }

    void delete(RemoteId copy) {
        Folders.change("delete the copy " + copy, () -> {
            Files.deleteIfExists(own(copy).resolve("copy.json"));
            Folders.delete(own(copy));
        });
        copying.forget(copy);
    }

    /** What a crash left before it was described. */
    List<RemoteId> halfMade() {
        return children().stream()
                .filter(each -> !Files.exists(each.resolve("copy.json")))
                .map(each -> new RemoteId(each.getFileName().toString()))
                .toList();
    }
}
