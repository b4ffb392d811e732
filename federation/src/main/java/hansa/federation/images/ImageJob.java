package hansa.federation.images;

import hansa.cloud.CloudException;
import hansa.cloud.ImageStore;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.Token;
import hansa.federation.images.ImageWork.Origin;
import hansa.federation.sites.CloudAccess;
import hansa.kernel.jobs.JobHandler;
import hansa.kernel.jobs.Outcome;
import hansa.kernel.store.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Works on an image until it is what it was announced to be: fetched, brought to where it is wanted, or gone. */
final class ImageJob implements JobHandler {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final int FETCHES = 8;
    private static final int UPLOADS = 10;
    private static final String REFUSED = "A cloud refused it: ";

    private final Store store;
    private final ImageTable table;
    private final ImageRecords records;
    private final CloudAccess clouds;
    private final ImageFiles files;
    private final Fetching fetching;

    ImageJob(
            Store store,
            ImageTable table,
            ImageRecords records,
            CloudAccess clouds,
            ImageFiles files,
            Fetching fetching) {
        this.store = store;
        this.table = table;
        this.records = records;
        this.clouds = clouds;
        this.files = files;
        this.fetching = fetching;
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
                case READY -> bring(row, places, attempt);
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
            Fetching.Fetched fetched = fetching.fetch(source, row.work());
            store.run(tx -> records.change(
                    tx,
                    id,
                    old -> old.image().state() == ImageState.PENDING
                            ? old.fetched(fetched.size(), fetched.sha512())
                            : old.image()));
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
                RemoteImage remote = read(place, place.remote().get());
                return followed(id, place, remote) ? Outcome.DONE : new Outcome.Again(LOOK_AGAIN);
            }
        }
        return Outcome.DONE;
    }

    private RemoteImage read(Place place, RemoteId remote) {
        return clouds.call(place.cloud(), ImageStore.class, "image-read", images -> images.read(remote));
    }

    private boolean followed(ImageId id, Place place, RemoteImage remote) {
        switch (remote.state()) {
            case SAVING -> {
                return false;
            }
            case READY ->
                store.run(tx -> {
                    table.put(tx.sql(), id, new Place(place.cloud(), place.remote(), place.token(), Place.State.READY));
                    records.placesChanged(tx, id);
                    records.change(tx, id, row -> row.sized(remote.sizeBytes()));
                    records.change(
                            tx,
                            id,
                            row -> row.image().state() == ImageState.PENDING
                                    ? row.state(ImageState.READY, "")
                                    : row.image());
                });
            case FAILED -> giveUp(id, "The cloud '" + place.cloud() + "' could not make it.");
        }
        return true;
    }

    /** Uploads it to the clouds where machines wait for it. */
    private Outcome bring(ImageRow row, List<Place> places, int attempt) {
        ImageId id = row.image().id();
        for (Place place : places) {
            if (place.state() == Place.State.WANTED && place.token().isPresent()) {
                Optional<Path> file = row.image().sha512().filter(files::has).map(files::of);
                if (file.isEmpty()) {
                    store.run(tx -> records.change(
                            tx, id, old -> old.state(ImageState.ERROR, "Its file is missing; register it again.")));
                    return Outcome.DONE;
                }
                try {
                    RemoteImage remote =
                            upload(row.image(), place, place.token().get(), file.get());
                    Place there = new Place(place.cloud(), Optional.of(remote.id()), place.token(), place.state());
                    if (!followed(id, there, remote)) {
                        return new Outcome.Again(LOOK_AGAIN);
                    }
                } catch (CloudException e) {
                    boolean forGood = e instanceof CloudException.InvalidRequest || attempt >= UPLOADS;
                    if (!forGood) {
                        throw e;
                    }
                    refused(id, place, e.text());
                }
            }
        }
        store.run(tx -> records.change(tx, id, ImageJob::quietIfAllIsWell));
        return Outcome.DONE;
    }

    private RemoteImage upload(Image image, Place place, Token token, Path file) {
        return clouds.call(
                place.cloud(),
                ImageStore.class,
                "image-upload",
                images -> images.findByToken(token)
                        .orElseGet(() -> images.upload(token, image.id().value(), image.format(), file)));
    }

    private void refused(ImageId id, Place place, String why) {
        store.run(tx -> {
            table.put(tx.sql(), id, new Place(place.cloud(), Optional.empty(), place.token(), Place.State.REFUSED));
            records.change(tx, id, old -> old.state(old.image().state(), REFUSED + why));
        });
    }

    /** A refusal stays to be read; a delay that passed does not. */
    private static Image quietIfAllIsWell(ImageRow row) {
        return row.image().message().startsWith(REFUSED)
                ? row.image()
                : row.state(row.image().state(), "");
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
