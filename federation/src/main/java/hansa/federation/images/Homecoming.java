package hansa.federation.images;

import hansa.cloud.CloudException;
import hansa.cloud.ImageStore;
import hansa.cloud.RemoteId;
import hansa.cloud.images.UnfitDisk;
import hansa.federation.sites.CloudAccess;
import hansa.kernel.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Brings the file of an image to this node, from a cloud that has it, where it is not here yet. */
final class Homecoming {

    private static final Duration LOOK = Duration.ofSeconds(3);
    private static final long MIB = 1L << 20;

    private final Store store;
    private final ImageTable table;
    private final ImageRecords records;
    private final ImageFiles files;
    private final CloudAccess clouds;
    private final Room room;
    private final Inspection inspection;
    private final ImageQuota quota;
    private final ImageSettings settings;
    private final Turns<ImageId> turns = new Turns<>();

    Homecoming(
            Store store,
            ImageTable table,
            ImageRecords records,
            ImageFiles files,
            CloudAccess clouds,
            Room room,
            Inspection inspection,
            ImageQuota quota,
            ImageSettings settings) {
        this.store = store;
        this.table = table;
        this.records = records;
        this.files = files;
        this.clouds = clouds;
        this.room = room;
        this.inspection = inspection;
        this.quota = quota;
        this.settings = settings;
    }

    /** An image's own file at this node. */
    record Home(Path file, String sha512, long size) {}

    static Optional<Home> there(ImageFiles files, Image image) {
        return image.sha512().filter(files::has).map(sha -> new Home(files.of(sha), sha, image.sizeBytes()));
    }

    /**
     * @param progress told what is being done
     * @throws UnfitDisk where it will never be here: no cloud has it, or it is refused
     * @throws IOException where there is no room now
     * @throws CloudException what the cloud that has it answers
     */
    Home bring(ImageRow row, List<Place> places, Consumer<String> progress)
            throws IOException, UnfitDisk, InterruptedException {
        Optional<Home> home = there(files, row.image());
        if (home.isPresent()) {
            return home.get();
        }
        for (Place place : places) {
            if (place.state() == Place.State.READY && place.remote().isPresent()) {
                return inTurn(row, place, place.remote().get(), progress);
            }
        }
        throw new UnfitDisk("its file is missing and no cloud has it; register it again");
    }

    /** Several clouds may wait for it; it is fetched once. */
    private Home inTurn(ImageRow row, Place place, RemoteId remote, Consumer<String> progress)
            throws IOException, UnfitDisk, InterruptedException {
        ImageId id = row.image().id();
        try (Turns.Turn _ = turns.take(id)) {
            Optional<Home> meanwhile = store.read(sql -> table.find(sql, id)).flatMap(now -> there(files, now.image()));
            return meanwhile.isPresent() ? meanwhile.get() : fetch(row, place, remote, progress);
        }
    }

    private Home fetch(ImageRow row, Place place, RemoteId remote, Consumer<String> progress)
            throws IOException, UnfitDisk, InterruptedException {
        Image image = row.image();
        requireRoom(image);
        Path part = files.fresh();
        try {
            Files.delete(part);
            String doing = "It is being fetched from the cloud '" + place.cloud() + "'";
            progress.accept(doing + ".");
            try (Watch watch = new Watch(part, size -> progress.accept(doing + ": " + size / MIB + " MiB so far."))) {
                watch.start();
                clouds.call(place.cloud(), ImageStore.class, "image-download", images -> {
                    images.download(remote, part);
                    return remote;
                });
            }
            Intake.Written written = Intake.read(part);
            inspection.check(image.format(), part);
            files.keep(part, written.sha512());
            store.run(tx -> {
                records.change(tx, image.id(), old -> old.fetched(written.size(), written.sha512()));
                table.keptHere(tx.sql(), image.id(), written.size());
            });
            return new Home(files.of(written.sha512()), written.sha512(), written.size());
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void requireRoom(Image image) throws IOException, UnfitDisk {
        if (image.sizeBytes() > settings.maxBytes()) {
            throw new UnfitDisk("it is larger than the limit of " + settings.maxBytes() + " bytes");
        }
        long left = quota.left(image.owner(), image.vo());
        if (image.sizeBytes() > left) {
            throw new UnfitDisk("its " + image.sizeBytes() + " bytes are more than the " + left
                    + " that are left of its owner's quota, or of that of the virtual organisation it is shared with");
        }
        room.require(image.sizeBytes());
    }

    /** Looks now and then how long a file has become. */
    private static final class Watch implements AutoCloseable {

        private final Path file;
        private final Consumer<Long> listener;
        private final Thread thread;

        Watch(Path file, Consumer<Long> listener) {
            this.file = file;
            this.listener = listener;
            this.thread = Thread.ofVirtual().name("watch " + file.getFileName()).unstarted(this::look);
        }

        void start() {
            thread.start();
        }

        private void look() {
            try {
                while (true) {
                    Thread.sleep(LOOK);
                    if (Files.exists(file)) {
                        listener.accept(Files.size(file));
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                // It came to its end between two looks.
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
