package hansa.federation.images;

import hansa.cloud.CloudName;
import hansa.federation.stored.Announcements;
import hansa.kernel.store.Tx;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

/** How images change: generation, document and event together. */
final class ImageRecords {

    private final ImageTable table;
    private final Announcements announcements;
    private final Clock clock;

    ImageRecords(ImageTable table, Announcements announcements, Clock clock) {
        this.table = table;
        this.announcements = announcements;
        this.clock = clock;
    }

    void insert(Tx tx, ImageRow row) {
        table.insert(tx.sql(), row);
        tell(tx, "created", row.image());
    }

    /** Changes an image that is there; one that is gone stays gone. */
    void change(Tx tx, ImageId id, Function<ImageRow, Image> change) {
        table.find(tx.sql(), id).ifPresent(row -> {
            Image changed = change.apply(row);
            if (!changed.equals(row.image())) {
                Image image =
                        ImageRow.touched(changed, clock.instant(), row.image().generation() + 1);
                table.update(tx.sql(), new ImageRow(image, row.work(), row.version() + 1));
                tell(tx, "changed", image);
            }
        });
    }

    /** Brings the set of clouds in line with the places. */
    void placesChanged(Tx tx, ImageId id) {
        Set<CloudName> clouds = new LinkedHashSet<>();
        for (Place place : table.places(tx.sql(), id)) {
            if (place.state() == Place.State.READY || place.state() == Place.State.NATIVE) {
                clouds.add(place.cloud());
            }
        }
        change(tx, id, row -> row.at(clouds));
    }

    void remove(Tx tx, Image image) {
        table.delete(tx.sql(), image.id());
        tell(tx, "deleted", image);
    }

    private void tell(Tx tx, String what, Image image) {
        announcements.tell(
                tx,
                "hansa.image." + what,
                image.id().value(),
                ImageTable.json(new News(
                        image.id().value(),
                        image.owner().orElse(""),
                        image.vo().orElse(""),
                        image.title(),
                        image.state().name(),
                        image.message(),
                        image.sizeBytes(),
                        image.generation())));
    }

    /** What an event tells of an image. */
    record News(
            String id,
            String owner,
            String vo,
            String title,
            String state,
            String message,
            long sizeBytes,
            long generation) {}
}
