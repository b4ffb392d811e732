package hansa.federation.images;

import hansa.cloud.CloudException;
import hansa.cloud.ImageStore;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.Token;
import hansa.cloud.images.DiskFormat;
import hansa.cloud.images.UnfitDisk;
import hansa.federation.sites.CloudAccess;
import hansa.kernel.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Brings an image to a cloud where machines wait for it: fetched from another cloud where it is not at this node, and
 * converted where the cloud does not take its format.
 */
final class Bringing {

    private static final int ATTEMPTS = 10;
    private static final String REFUSED = "A cloud refused it: ";

    private final Store store;
    private final ImageTable table;
    private final ImageRecords records;
    private final CloudAccess clouds;
    private final ImageFiles files;
    private final Homecoming homecoming;
    private final Conversions conversions;

    Bringing(
            Store store,
            ImageTable table,
            ImageRecords records,
            CloudAccess clouds,
            ImageFiles files,
            Homecoming homecoming,
            Conversions conversions) {
        this.store = store;
        this.table = table;
        this.records = records;
        this.clouds = clouds;
        this.files = files;
        this.homecoming = homecoming;
        this.conversions = conversions;
    }

    /** What is sent to a cloud. */
    private record Parcel(Path file, String format) {}

    /** What came of an attempt to bring an image to a cloud. */
    sealed interface Brought {

        /** It is there, or will never be; the image says why. */
        record Settled() implements Brought {}

        /** The cloud is still taking it up. */
        record Underway() implements Brought {}

        /** It was fetched from another cloud and can be brought now. */
        record Home() implements Brought {}

        /** It did not work and may later. */
        record Later(String why) implements Brought {}
    }

    /** @throws CloudException what a cloud answers, where another attempt may help */
    Brought bring(ImageRow row, List<Place> places, Place place, int attempt) throws InterruptedException {
        ImageId id = row.image().id();
        try {
            if (Homecoming.there(files, row.image()).isEmpty()) {
                homecoming.bring(row, places, new Progress(text -> say(id, text))::tell);
                return new Brought.Home();
            }
            RemoteImage remote = upload(row, places, place, place.token().orElseThrow());
            Place there = new Place(place.cloud(), Optional.of(remote.id()), place.token(), place.state());
            if (!arrived(id, there, remote)) {
                return new Brought.Underway();
            }
        } catch (CloudException e) {
            if (!(e instanceof CloudException.InvalidRequest) && attempt < ATTEMPTS) {
                throw e;
            }
            refused(id, place, e.text());
        } catch (UnfitDisk e) {
            refused(id, place, e.text());
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage());
            if (attempt < ATTEMPTS) {
                say(id, Sentences.of(why) + " Trying again.");
                return new Brought.Later(why);
            }
            refused(id, place, why);
        }
        store.run(tx -> records.change(tx, id, Bringing::quietIfAllIsWell));
        return new Brought.Settled();
    }

    private RemoteImage upload(ImageRow row, List<Place> places, Place place, Token token)
            throws IOException, UnfitDisk, InterruptedException {
        Optional<RemoteImage> there =
                clouds.call(place.cloud(), ImageStore.class, "image-find", images -> images.findByToken(token));
        if (there.isPresent()) {
            return there.get();
        }
        Parcel parcel = parcel(row, places, place);
        return clouds.call(
                place.cloud(),
                ImageStore.class,
                "image-upload",
                images -> images.upload(token, row.image().id().value(), parcel.format(), parcel.file()));
    }

    private Parcel parcel(ImageRow row, List<Place> places, Place place)
            throws IOException, UnfitDisk, InterruptedException {
        ImageId id = row.image().id();
        String own = row.image().format();
        List<String> taken = clouds.call(place.cloud(), ImageStore.class, "image-formats", ImageStore::formats);
        Progress progress = new Progress(text -> say(id, text));
        Homecoming.Home home = homecoming.bring(row, places, progress::tell);
        if (taken.contains(own)) {
            return new Parcel(home.file(), own);
        }
        DiskFormat wanted = taken.stream()
                .flatMap(word -> DiskFormat.of(word).stream())
                .findFirst()
                .orElseThrow(() ->
                        new UnfitDisk("the cloud '" + place.cloud() + "' takes only formats that are not known here"));
        DiskFormat from =
                DiskFormat.of(own).orElseThrow(() -> new UnfitDisk("its format '" + own + "' is not known here"));
        return new Parcel(conversions.in(wanted, home, from, progress::tell), wanted.word());
    }

    /** Looks at an image that its cloud makes of a machine. @return whether that has come to its end */
    boolean saved(ImageId id, Place place, RemoteId remote) {
        RemoteImage image = clouds.call(place.cloud(), ImageStore.class, "image-read", images -> images.read(remote));
        return switch (image.state()) {
            case SAVING -> false;
            case READY -> {
                settle(id, place);
                store.run(tx -> records.change(
                        tx,
                        id,
                        row -> row.image().state() == ImageState.PENDING
                                ? row.saved(image.format(), image.sizeBytes())
                                : row.image()));
                yield true;
            }
            case FAILED -> {
                giveUp(id, place);
                yield true;
            }
        };
    }

    private boolean arrived(ImageId id, Place place, RemoteImage remote) {
        switch (remote.state()) {
            case SAVING -> {
                return false;
            }
            case READY -> settle(id, place);
            case FAILED -> refused(id, place, "the cloud '" + place.cloud() + "' could not make it");
        }
        return true;
    }

    private void settle(ImageId id, Place place) {
        store.run(tx -> {
            table.put(tx.sql(), id, new Place(place.cloud(), place.remote(), place.token(), Place.State.READY));
            records.placesChanged(tx, id);
        });
    }

    private void giveUp(ImageId id, Place place) {
        String why = "The cloud '" + place.cloud() + "' could not make it.";
        store.run(tx -> records.change(
                tx,
                id,
                row -> row.image().state() == ImageState.PENDING ? row.state(ImageState.ERROR, why) : row.image()));
    }

    private void say(ImageId id, String text) {
        store.run(tx -> records.change(tx, id, row -> row.state(row.image().state(), text)));
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
}
