package hansa.federation.images;

import hansa.cloud.CloudDescription;
import hansa.cloud.CloudName;
import hansa.cloud.RemoteImage;
import hansa.federation.images.ImageWork.Origin;
import hansa.federation.sites.DescriptionListener;
import hansa.kernel.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Shows the images that clouds bring by themselves: one name is one image, wherever it is. */
final class NativeImages implements DescriptionListener {

    private final ImageTable table;
    private final ImageRecords records;
    private final Clock clock;

    NativeImages(ImageTable table, ImageRecords records, Clock clock) {
        this.table = table;
        this.records = records;
        this.clock = clock;
    }

    @Override
    public void described(Tx tx, CloudName cloud, CloudDescription description) {
        Set<ImageId> offered = new HashSet<>();
        for (RemoteImage image : description.images()) {
            if (image.token().isEmpty() && image.state() == RemoteImage.ImageState.READY) {
                ImageId id = idOf(tx, cloud, image);
                if (offered.add(id)) {
                    offer(tx, cloud, id, image);
                }
            }
        }
        for (ImageId known : table.natives(tx.sql(), cloud)) {
            if (!offered.contains(known)) {
                withdraw(tx, cloud, known);
            }
        }
    }

    /** The image's name, or with the cloud's name behind it where somebody registered the plain one. */
    private ImageId idOf(Tx tx, CloudName cloud, RemoteImage image) {
        String name = image.name().isBlank() ? image.id().value() : image.name();
        ImageId plain = new ImageId(name);
        boolean taken = table.find(tx.sql(), plain)
                .filter(row -> row.work().origin() != Origin.NATIVE)
                .isPresent();
        return taken ? new ImageId(name + "@" + cloud) : plain;
    }

    private void offer(Tx tx, CloudName cloud, ImageId id, RemoteImage image) {
        if (table.find(tx.sql(), id).isEmpty()) {
            Instant now = clock.instant();
            records.insert(
                    tx,
                    new ImageRow(
                            new Image(
                                    id,
                                    Optional.empty(),
                                    Audience.EVERYBODY,
                                    id.value(),
                                    image.format(),
                                    image.sizeBytes(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    ImageState.READY,
                                    "",
                                    Set.of(),
                                    false,
                                    now,
                                    now,
                                    1),
                            new ImageWork(Origin.NATIVE, Optional.empty(), Optional.empty(), false),
                            1));
        }
        table.put(tx.sql(), id, new Place(cloud, Optional.of(image.id()), Optional.empty(), Place.State.NATIVE));
        records.placesChanged(tx, id);
    }

    private void withdraw(Tx tx, CloudName cloud, ImageId id) {
        table.removePlace(tx.sql(), id, cloud);
        List<Place> left = table.places(tx.sql(), id);
        if (left.isEmpty()) {
            table.find(tx.sql(), id).ifPresent(row -> records.remove(tx, row.image()));
        } else {
            records.placesChanged(tx, id);
        }
    }
}
