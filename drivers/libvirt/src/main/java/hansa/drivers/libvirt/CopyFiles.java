package hansa.drivers.libvirt;

import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume.VolumeState;
import hansa.cloud.RemoteVolumeCopy;
import hansa.cloud.RemoteVolumeCopy.Kind;
import hansa.cloud.Token;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Copies of volumes as they lie on the disk, described first; the disk is there when it is whole. */
final class CopyFiles {

    private final DescribedDisks disks;

    CopyFiles(Path folder, DiskCopying copying) {
        this.disks = new DescribedDisks(folder, "copy", copying);
    }

    static RemoteId id(Token token) {
        return DescribedDisks.id(token);
    }

    Path disk(RemoteId copy) {
        return disks.disk(copy);
    }

    Optional<RemoteVolumeCopy> find(RemoteId copy) {
        return disks.find(copy, CopyFiles::stored);
    }

    List<RemoteVolumeCopy> all() {
        return disks.all(CopyFiles::stored);
    }

    boolean hasSnapshots(RemoteId volume) {
        return all().stream()
                .anyMatch(copy -> copy.kind() == Kind.SNAPSHOT && copy.volume().equals(volume));
    }

    private static RemoteVolumeCopy stored(Token token, VolumeState state, String message, JsonNode json) {
        return new RemoteVolumeCopy(
                id(token),
                Optional.of(token),
                Kind.valueOf(json.path("kind").asString("")),
                new RemoteId(json.path("volume").asString("")),
                json.path("name").asString(""),
                json.path("sizeMib").asLong(0),
                state,
                message,
                Instant.parse(json.path("taken").asString("")));
    }

    /** Begins a copy anew, whatever an earlier attempt has left. */
    void begin(Token token, Kind kind, RemoteId volume, String name, long sizeMib, Instant taken) {
        ObjectNode json = DescribedDisks.description();
        json.put("kind", kind.name());
        json.put("volume", volume.value());
        json.put("name", name);
        json.put("sizeMib", sizeMib);
        json.put("taken", taken.toString());
        Folders.change("make the copy " + name, () -> {
            disks.begin(id(token));
            disks.describe(id(token), json);
        });
    }

    void delete(RemoteId copy) {
        disks.delete(copy);
    }

    /** What a crash left before it was described. */
    List<RemoteId> halfMade() {
        return disks.halfMade();
    }
}
