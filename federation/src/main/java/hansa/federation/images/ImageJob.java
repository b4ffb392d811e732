package hansa.federation.images;

import hansa.federation.images.ImageWork.Origin;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.jobs.JobHandler;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.jobs.Outcome;
import hansa.kernel.store.Store;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Works on an image at this node until it is what it was announced to be: fetched, converted where that is wanted, or gone. */
final class ImageJob implements JobHandler {

    private static final int FETCHES = 8;

    private final Store store;
    private final Jobs jobs;
    private final ImageTable table;
    private final ImageRecords records;
    private final ImageFiles files;
    private final ImageQuota quota;
    private final Fetching fetching;
    private final CopyMaking copies;
    private final Clock clock;

    ImageJob(
            Store store,
            Jobs jobs,
            ImageTable table,
            ImageRecords records,
            ImageFiles files,
            ImageQuota quota,
            Fetching fetching,
            CopyMaking copies,
            Clock clock) {
        this.store = store;
        this.jobs = jobs;
        this.table = table;
        this.records = records;
        this.files = files;
        this.quota = quota;
        this.fetching = fetching;
        this.copies = copies;
        this.clock = clock;
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
        return switch (row.image().state()) {
            case DELETING -> delete(row, places);
            case PENDING -> row.work().origin() == Origin.SAVED ? wake(row, places) : fetch(row, attempt);
            case READY -> serve(row, places, attempt);
            case ERROR -> Outcome.DONE;
        };
    }

    private Outcome fetch(ImageRow row, int attempt) {
        ImageId id = row.image().id();
        URI source = row.image().source().orElseThrow();
        try {
            long left = quota.left(row.image().owner(), row.image().vo());
            Fetching.Fetched fetched = fetching.fetch(source, row.image().format(), row.work(), left);
            keep(row, fetched);
            return new Outcome.Again(Duration.ZERO);
        } catch (Failure e) {
            if (e.code() != ErrorCode.QUOTA_EXCEEDED) {
                throw e;
            }
            giveUp(id, e.code().dotted() + ": " + e.getMessage());
            return Outcome.DONE;
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

    private void keep(ImageRow row, Fetching.Fetched fetched) {
        ImageId id = row.image().id();
        try {
            store.run(tx -> {
                Image now = table.find(tx.sql(), id).orElse(row).image();
                now.owner().ifPresent(owner -> quota.require(tx, owner, now.vo(), 0, fetched.size()));
                records.change(
                        tx,
                        id,
                        old -> old.image().state() == ImageState.PENDING
                                ? old.fetched(fetched.size(), fetched.sha512())
                                : old.image());
                table.keptHere(tx.sql(), id, fetched.size());
            });
        } catch (Failure refused) {
            if (!store.read(sql -> table.shared(sql, id, fetched.sha512()))) {
                files.delete(fetched.sha512());
            }
            throw refused;
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

    /** Makes the copies that are wanted at this node. */
    private Outcome serve(ImageRow row, List<Place> places, int attempt) {
        try {
            // First, since they wait for clouds and this for nobody.
            wake(row, places);
            Optional<String> waiting = copies.make(row, places, attempt);
            return waiting.<Outcome>map(Outcome.Retry::new).orElse(Outcome.DONE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Retry("the node is stopping");
        }
    }

    /** What is to be done at clouds is done by jobs of their own. */
    private Outcome wake(ImageRow row, List<Place> places) {
        store.run(tx -> places.stream()
                .filter(place ->
                        place.state() == Place.State.WANTED || row.image().state() == ImageState.DELETING)
                .forEach(place -> PlaceJob.schedule(tx, jobs, row.image().id(), place.cloud(), clock)));
        return Outcome.DONE;
    }

    private Outcome delete(ImageRow row, List<Place> places) {
        if (!places.isEmpty()) {
            return wake(row, places);
        }
        ImageId id = row.image().id();
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
