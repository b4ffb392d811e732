package hansa.federation.images;

import hansa.cloud.CloudException;
import hansa.cloud.ImageStore;
import hansa.federation.images.ImageWork.Origin;
import hansa.federation.sites.CloudAccess;
import hansa.kernel.jobs.JobHandler;
import hansa.kernel.jobs.Outcome;
import hansa.kernel.store.Store;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Works on an image until it is what it was announced to be: fetched, brought to where it is wanted, or gone. */
final class ImageJob implements JobHandler {

    static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final int FETCHES = 8;

    private final Store store;
    private final ImageTable table;
    private final ImageRecords records;
    private final CloudAccess clouds;
    private final ImageFiles files;
    private final Fetching fetching;
    private final CopyMaking copies;
    private final Bringing bringing;

    ImageJob(
            Store store,
            ImageTable table,
            ImageRecords records,
            CloudAccess clouds,
            ImageFiles files,
            Fetching fetching,
            CopyMaking copies,
            Bringing bringing) {
        this.store = store;
        this.table = table;
        this.records = records;
        this.clouds = clouds;
        this.files = files;
        this.fetching = fetching;
        this.copies = copies;
        this.bringing = bringing;
    }

    @Override
    public Outcome run(String subject, int attempt) {
        ImageId id = new ImageId(subject);
        Optional<ImageRow> found = store.read(sql -> table.find(sql, id));
        if (found.isEmpty()) {
            return Outcome.DONE;
        }
        ImageRow row = found.get();
        List<Place> places = store.read(sql -> table.places(sql, id));
        try {
            return switch (row.image().state()) {
                case DELETING -> delete(row, places);
                case PENDING -> row.work().origin() == Origin.SAVED ? follow(id, places) : fetch(row, attempt);
                case READY -> serve(row, places, attempt);
                case ERROR -> Outcome.DONE;
            };
        } catch (CloudException e) {
            store.run(tx -> records.change(tx, id, old -> old.state(old.image().state(), e.text())));
            return new Outcome.Retry(e.text());
        }
    }

    private Outcome fetch(ImageRow row, int attempt) {
        ImageId id = row.image().id();
        URI source = row.image().source().orElseThrow();
        try {
            Fetching.Fetched fetched = fetching.fetch(source, row.image().format(), row.work());
            store.run(tx -> {
                records.change(
                        tx,
                        id,
                        old -> old.image().state() == ImageState.PENDING
                                ? old.fetched(fetched.size(), fetched.sha512())
                                : old.image());
                table.keptHere(tx.sql(), id, fetched.size());
            });
            return new Outcome.Again(Duration.ZERO);
        } catch (Fetching.Unfit e) {
            giveUp(id, e.getMessage() + ".");
            return Outcome.DONE;
        } catch (IOException e) {
            String why = "image.source: it cannot be fetched: " + reason(e);
            if (attempt >= FETCHES) {
                giveUp(id, why + ".");
                return Outcome.DONE;
            }
            store.run(tx -> records.change(tx, id, old -> old.state(old.image().state(), why + "; trying again.")));
            return new Outcome.Retry(why);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Retry("the node is stopping");
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private void giveUp(ImageId id, String why) {
        store.run(tx -> records.change(
                tx,
                id,
                old -> old.image().state() == ImageState.PENDING ? old.state(ImageState.ERROR, why) : old.image()));
    }

    /** Waits for an image that its cloud makes of a machine. */
    private Outcome follow(ImageId id, List<Place> places) {
        for (Place place : places) {
            if (place.remote().isPresent() && place.state() == Place.State.WANTED) {
                return bringing.saved(id, place, place.remote().get()) ? Outcome.DONE : new Outcome.Again(LOOK_AGAIN);
            }
        }
        return Outcome.DONE;
    }

    /** Makes the copies that are wanted at this node, and then brings it to the clouds where machines wait for it. */
    private Outcome serve(ImageRow row, List<Place> places, int attempt) {
        try {
            Optional<String> waiting = copies.make(row, places, attempt);
            ImageRow now = store.read(sql -> table.find(sql, row.image().id())).orElse(row);
            Outcome brought = bringing.bring(now, places, attempt);
            return waiting.<Outcome>map(Outcome.Retry::new)
                    .filter(_ -> brought.equals(Outcome.DONE))
                    .orElse(brought);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Retry("the node is stopping");
        }
    }

    private Outcome delete(ImageRow row, List<Place> places) {
        ImageId id = row.image().id();
        for (Place place : places) {
            place.token()
                    .ifPresent(token -> clouds.call(place.cloud(), ImageStore.class, "image-delete", images -> {
                        place.remote().ifPresent(images::delete);
                        images.findByToken(token).ifPresent(left -> images.delete(left.id()));
                        return id;
                    }));
        }
        store.run(tx -> {
            Optional<String> sha512 = row.image().sha512();
            records.remove(tx, row.image());
            if (sha512.isPresent() && !table.shared(tx.sql(), id, sha512.get())) {
                tx.afterCommit(() -> files.delete(sha512.get()));
            }
        });
        return Outcome.DONE;
    }
}
