package hansa.federation.images;

import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import hansa.cloud.ImageStore;
import hansa.federation.images.ImageWork.Origin;
import hansa.federation.sites.CloudAccess;
import hansa.kernel.jobs.JobHandler;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.jobs.Outcome;
import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Works on an image at one cloud until it is there, or gone from there. Jobs of this kind run in the lane of the cloud that they wait
 * for: the one that gives the image away while it is still to be fetched, else the one where it shall be.
 */
final class PlaceJob implements JobHandler {

    static final String JOB = "image.place";
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final Store store;
    private final Jobs jobs;
    private final ImageTable table;
    private final ImageRecords records;
    private final CloudAccess clouds;
    private final Bringing bringing;
    private final Clock clock;

    PlaceJob(
            Store store,
            Jobs jobs,
            ImageTable table,
            ImageRecords records,
            CloudAccess clouds,
            Bringing bringing,
            Clock clock) {
        this.store = store;
        this.jobs = jobs;
        this.table = table;
        this.records = records;
        this.clouds = clouds;
        this.bringing = bringing;
        this.clock = clock;
    }

    /** What such a job is about. */
    record Subject(CloudName cloud, ImageId image) {

        static Subject of(String text) {
            int slash = text.indexOf('/');
            return new Subject(new CloudName(text.substring(0, slash)), new ImageId(text.substring(slash + 1)));
        }

        String text() {
            return cloud + "/" + image;
        }
    }

    /** The lane of a subject. */
    static Optional<String> lane(ImageTable table, Handle sql, String text) {
        Subject subject = Subject.of(text);
        return table.place(sql, subject.image(), subject.cloud())
                .filter(Place::isToBeBrought)
                .flatMap(_ -> table.source(sql, subject.image()))
                .or(() -> Optional.of(subject.cloud()))
                .map(CloudName::value);
    }

    static void schedule(Tx tx, Jobs jobs, ImageId image, CloudName cloud, Clock clock) {
        jobs.schedule(tx, JOB, new Subject(cloud, image).text(), clock.instant());
    }

    @Override
    public Outcome run(String text, int attempt) {
        Subject subject = Subject.of(text);
        ImageId id = subject.image();
        Optional<ImageRow> row = store.read(sql -> table.find(sql, id));
        List<Place> places = store.read(sql -> table.places(sql, id));
        Optional<Place> place = places.stream()
                .filter(one -> one.cloud().equals(subject.cloud()))
                .findFirst();
        if (row.isEmpty() || place.isEmpty()) {
            return Outcome.DONE;
        }
        try {
            return work(row.get(), places, place.get(), attempt);
        } catch (CloudException e) {
            store.run(tx -> records.change(tx, id, old -> old.state(old.image().state(), e.text())));
            return new Outcome.Retry(e.text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Retry("the node is stopping");
        }
    }

    private Outcome work(ImageRow row, List<Place> places, Place place, int attempt) throws InterruptedException {
        return switch (row.image().state()) {
            case DELETING -> delete(row, place);
            case PENDING -> row.work().origin() == Origin.SAVED ? follow(row, place) : Outcome.DONE;
            case READY -> place.isToBeBrought() ? bring(row, places, place, attempt) : Outcome.DONE;
            case ERROR -> Outcome.DONE;
        };
    }

    /** Waits for an image that its cloud makes of a machine. */
    private Outcome follow(ImageRow row, Place place) {
        if (place.remote().isEmpty() || place.state() != Place.State.WANTED) {
            return Outcome.DONE;
        }
        return bringing.saved(row.image().id(), place, place.remote().get())
                ? Outcome.DONE
                : new Outcome.Again(LOOK_AGAIN);
    }

    private Outcome bring(ImageRow row, List<Place> places, Place place, int attempt) throws InterruptedException {
        return switch (bringing.bring(row, places, place, attempt)) {
            case Bringing.Brought.Settled _ -> Outcome.DONE;
            case Bringing.Brought.Later(String why) -> new Outcome.Retry(why);
            case Bringing.Brought.Underway _ -> new Outcome.Again(LOOK_AGAIN);
            case Bringing.Brought.Home _ -> {
                // What comes next waits for another cloud, and is among the jobs of that one.
                store.run(tx -> schedule(tx, jobs, row.image().id(), place.cloud(), clock));
                yield Outcome.DONE;
            }
        };
    }

    private Outcome delete(ImageRow row, Place place) {
        ImageId id = row.image().id();
        place.token()
                .ifPresent(token -> clouds.call(place.cloud(), ImageStore.class, "image-delete", images -> {
                    place.remote().ifPresent(images::delete);
                    images.findByToken(token).ifPresent(left -> images.delete(left.id()));
                    return id;
                }));
        store.run(tx -> {
            table.removePlace(tx.sql(), id, place.cloud());
            jobs.schedule(tx, Images.JOB, id.value(), clock.instant());
        });
        return Outcome.DONE;
    }
}
