package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.Token;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The snapshots that Hansa made: of volumes, and of the files of images. The latter are no copies of volumes. */
final class SnapshotCalls {

    /** @param kind what it is to its volume, in lower case */
    record Snapshot(
            String id,
            String volume,
            long sizeGib,
            String status,
            String message,
            Instant started,
            String kind,
            Map<String, String> tags) {}

    static final String KEEPS_ITS_VOLUME = "snapshot";

    private final Query query;
    private final Tags tags;
    private final Patience patience;

    SnapshotCalls(Query query, Tags tags, Patience patience) {
        this.query = query;
        this.tags = tags;
        this.patience = patience;
    }

    private Snapshot read(Element item) {
        Map<String, String> all = Tags.read(item);
        return new Snapshot(
                Instance.required(item, "snapshotId"),
                item.text("volumeId"),
                item.number("volumeSize").orElse(0),
                item.text("status"),
                Problem.oneLine(item.text("statusMessage")),
                Instance.time(item.text("startTime")),
                all.getOrDefault(tags.kind(), KEEPS_ITS_VOLUME),
                all);
    }

    Optional<Snapshot> find(String id) {
        return query.one(Form.of("DescribeSnapshots").list("SnapshotId", List.of(id)), "snapshotSet")
                .map(this::read);
    }

    Snapshot get(RemoteId id) {
        return find(id.value())
                .orElseThrow(() -> new CloudException.NotFound(
                        "EC2 has no copy of a volume '" + Problem.oneLine(id.value()) + "'"));
    }

    /** What was brought for the image of that token, the oldest first. */
    List<Snapshot> uploaded(Token token) {
        return oldestFirst(ours().filter("tag:" + tags.upload(), token.value()));
    }

    /** All that was brought for images. */
    List<Snapshot> uploaded() {
        return listed(ours().filter("tag-key", tags.upload()));
    }

    /** What is to be deleted with that image. */
    List<Snapshot> goingWith(String image) {
        return listed(ours().filter("tag:" + tags.image(), image));
    }

    /** The points of that token, the oldest first. */
    List<Snapshot> point(Token token) {
        return oldestFirst(ours().filter("tag:" + tags.point(), token.value()));
    }

    /** The points that a machine can return to, the oldest first. */
    List<Snapshot> points(String machine) {
        return oldestFirst(ours().filter("tag:" + tags.machine(), machine).filter("tag-key", tags.point()));
    }

    /** Those of all machines. */
    List<Snapshot> points() {
        return listed(ours().filter("tag-key", tags.point()));
    }

    /** The oldest first: EC2 knows no client tokens here, so two nodes may have made one each. */
    List<Snapshot> with(Token token) {
        return oldestFirst(ours().filter("tag:" + tags.token(), token.value()));
    }

    private List<Snapshot> oldestFirst(Form form) {
        return listed(form).stream()
                .sorted(Comparator.comparing(Snapshot::started).thenComparing(Snapshot::id))
                .toList();
    }

    List<Snapshot> all() {
        return listed(ours().filter("tag-key", tags.token()));
    }

    /** Whether a volume has one that it must not go before. */
    boolean keeps(String volume) {
        return listed(ours().filter("volume-id", volume).filter("tag-key", tags.token())).stream()
                .anyMatch(snapshot -> snapshot.kind().equals(KEEPS_ITS_VOLUME));
    }

    private static Form ours() {
        return Form.of("DescribeSnapshots").list("Owner", List.of("self"));
    }

    private List<Snapshot> listed(Form form) {
        return query.all(form, "snapshotSet").stream().map(this::read).toList();
    }

    /** Takes a copy of a volume, and waits until EC2 shows it. */
    Snapshot take(String volume, Token token, String name, String kind) {
        Map<String, String> marks = new LinkedHashMap<>(tags.of(token, name));
        marks.put(tags.kind(), kind);
        return take(volume, name, marks);
    }

    /** Takes one with these tags, and waits until EC2 shows it. */
    Snapshot take(String volume, String name, Map<String, String> marks) {
        Form form = Form.of("CreateSnapshot")
                .with("VolumeId", volume)
                .with("Description", name)
                .tagging("snapshot", marks);
        // The volume may be as new as its machine.
        Snapshot made = read(patience.persistently(() -> query.call(form), CloudException.NotFound.class::isInstance));
        Optional<Snapshot> shown = patience.until(() -> find(made.id()), Optional::isPresent);
        if (shown.orElse(made).tags().keySet().containsAll(marks.keySet())) {
            return shown.orElse(made);
        }
        mark(made.id(), marks);
        return get(new RemoteId(made.id()));
    }

    /** Tags one, also one that was just made. */
    void mark(String id, Map<String, String> marks) {
        patience.persistently(
                () -> query.call(
                        Form.of("CreateTags").list("ResourceId", List.of(id)).tags("Tag", marks)),
                CloudException.NotFound.class::isInstance);
    }

    void delete(String id) {
        if (find(id).isPresent()) {
            try {
                query.call(Form.of("DeleteSnapshot").with("SnapshotId", id));
            } catch (CloudException.NotFound e) {
                // Gone already, which is what was wanted.
            }
        }
    }
}
