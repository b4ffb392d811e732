package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.cloud.ImageStore;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.RemoteImage.ImageState;
import hansa.cloud.Token;
import hansa.drivers.ec2.SnapshotCalls.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Images of one's own: a snapshot that is written through EBS, registered as an image of EC2. No object store takes part. */
final class Ec2Images implements ImageStore {

    private static final String RAW = "raw";

    private final ImageCalls calls;
    private final SnapshotCalls snapshots;
    private final Uploads uploads;
    private final Downloads downloads;
    private final Instances instances;
    private final Tags tags;
    private final Locks locks = new Locks();

    Ec2Images(
            ImageCalls calls,
            SnapshotCalls snapshots,
            Uploads uploads,
            Downloads downloads,
            Instances instances,
            Tags tags) {
        this.calls = calls;
        this.snapshots = snapshots;
        this.uploads = uploads;
        this.downloads = downloads;
        this.instances = instances;
        this.tags = tags;
    }

    @Override
    public List<String> formats() {
        return List.of(RAW);
    }

    /** Answers when the file is all there. */
    @Override
    public RemoteImage upload(Token token, String name, String format, Path file) {
        if (!format.equals(RAW)) {
            throw new CloudException.InvalidRequest(
                    "images are brought to EC2 as raw, not as '" + Problem.oneLine(format) + "'");
        }
        Map<String, String> marks = new LinkedHashMap<>(tags.of(token, name));
        marks.put(tags.bytes(), size(file));
        return locks.holding(token.value(), () -> {
            Optional<Image> there = calls.with(token, marks);
            if (there.isPresent() && there.get().imageState() != ImageState.FAILED) {
                return there.get().view(tags);
            }
            there.ifPresent(failed -> calls.deregister(failed.id()));
            return calls.register(token, marks, uploads.bring(token, name, file))
                    .view(tags);
        });
    }

    private static String size(Path file) {
        try {
            return Long.toString(Files.size(file));
        } catch (IOException e) {
            throw new CloudException.Unavailable("the file of the image cannot be read", e);
        }
    }

    /** Of a machine that runs and goes on meanwhile the image is as its disk would be after a power cut. */
    @Override
    public RemoteImage capture(RemoteId machine, Token token, String name) {
        Map<String, String> marks = tags.of(token, name);
        return locks.holding(
                token.value(),
                () -> calls.with(token, marks)
                        .orElseGet(() -> calls.capture(captured(machine), token, marks))
                        .view(tags));
    }

    private Instance captured(RemoteId machine) {
        Instance instance = instances.get(machine);
        boolean still = instance.state() == Instance.State.RUNNING || instance.state() == Instance.State.STOPPED;
        if (!still || instance.rootDisk().isEmpty()) {
            throw new CloudException.Conflict("the machine " + machine
                    + (still
                            ? " has a root disk that is no volume and cannot be kept"
                            : " neither runs nor is stopped; make an image of it when it does"));
        }
        return instance;
    }

    @Override
    public Optional<RemoteImage> findByToken(Token token) {
        return calls.with(token)
                .map(image -> image.view(tags))
                .filter(image -> image.token().isPresent());
    }

    @Override
    public RemoteImage read(RemoteId image) {
        return calls.get(image).view(tags);
    }

    @Override
    public void download(RemoteId id, Path file) {
        Image image = calls.get(id);
        if (image.imageState() != ImageState.READY) {
            throw new CloudException.Conflict("the image " + id + " is not ready");
        }
        String content = uploaded(image)
                .filter(one -> one.status().equals("completed"))
                .map(Snapshot::id)
                .findFirst()
                .or(() -> Optional.of(image.rootSnapshot()).filter(one -> !one.isEmpty()))
                .orElseThrow(() -> new CloudException.Conflict("the image " + id + " has no snapshot to be read"));
        downloads.fetch(content, image.view(tags).sizeBytes(), file);
    }

    /** Endpoints that forget what an image was registered with still know what was brought for it. */
    private Stream<Snapshot> uploaded(Image image) {
        return tags.tokenOf(image.tags()).stream().flatMap(token -> snapshots.uploaded(token).stream());
    }

    /** With its snapshots, which are marked before the image goes: whoever asks again deletes what was left. */
    @Override
    public void delete(RemoteId id) {
        Set<String> content = new LinkedHashSet<>();
        calls.find(id.value()).ifPresent(image -> {
            if (tags.tokenOf(image.tags()).isEmpty()) {
                throw new CloudException.Conflict(
                        "the image " + id + " was not brought by Hansa and is not deleted by it");
            }
            Stream.concat(uploaded(image).map(Snapshot::id), Stream.of(image.rootSnapshot()))
                    .filter(snapshot -> !snapshot.isEmpty())
                    .forEach(content::add);
            content.forEach(snapshot -> mark(snapshot, id));
            calls.deregister(id.value());
        });
        snapshots.goingWith(id.value()).forEach(snapshot -> content.add(snapshot.id()));
        content.forEach(this::drop);
    }

    private void mark(String snapshot, RemoteId image) {
        try {
            snapshots.mark(snapshot, Map.of(tags.image(), image.value()));
        } catch (CloudException.NotFound e) {
            // Gone already, and nothing has to be deleted.
        }
    }

    private void drop(String snapshot) {
        try {
            snapshots.delete(snapshot);
        } catch (CloudException.Conflict e) {
            // Another image was made of it and keeps it.
        }
    }
}
