package hansa.federation.images;

import hansa.cloud.ImageStore;
import hansa.cloud.images.DiskFormat;
import hansa.federation.caller.Caller;
import hansa.federation.images.ImageWork.Origin;
import hansa.federation.sites.CloudAccess;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The content of images at this node, to be downloaded: an image's own file, and what it was converted to. What is not here
 * is fetched from the cloud that has it and converted when it is asked for, by a job. Thread-safe.
 */
public final class ImageCopies {

    private final Store store;
    private final Jobs jobs;
    private final ImageTable table;
    private final ImageAccess access;
    private final ImageFiles files;
    private final CloudAccess clouds;
    private final Inspection inspection;
    private final Clock clock;

    ImageCopies(
            Store store,
            Jobs jobs,
            ImageTable table,
            ImageAccess access,
            ImageFiles files,
            CloudAccess clouds,
            Inspection inspection,
            Clock clock) {
        this.store = store;
        this.jobs = jobs;
        this.table = table;
        this.access = access;
        this.files = files;
        this.clouds = clouds;
        this.inspection = inspection;
        this.clock = clock;
    }

    /** A file that can be read. It may be deleted at any time; who has it open reads it to its end. */
    public record Content(Path file, long size, String sha512) {}

    /** What is here or was asked for. @throws Failure {@code resource.not-found}, {@code policy.denied} */
    public List<ImageCopy> list(Caller caller, ImageId id) {
        return store.read(sql -> {
            ImageRow row = find(sql, caller, id);
            List<ImageCopy> all = new ArrayList<>();
            own(row).ifPresent(all::add);
            CopyTable.list(sql, id).stream()
                    .filter(copy -> all.stream().noneMatch(own -> own.format() == copy.format()))
                    .filter(copy -> isThere(row, copy))
                    .forEach(all::add);
            return all;
        });
    }

    /** @throws Failure as {@link #list}; {@code resource.not-found} too where that format was not asked for */
    public ImageCopy get(Caller caller, ImageId id, DiskFormat format) {
        return list(caller, id).stream()
                .filter(copy -> copy.format() == format)
                .findFirst()
                .orElseThrow(() -> new Failure(
                        ErrorCode.RESOURCE_NOT_FOUND,
                        "The image '" + id + "' is not here as " + format.word() + "; ask for it first."));
    }

    /**
     * Asks for the image in a format. One that is here already, or being made, is answered as it is.
     *
     * @throws Failure as {@link #list}; {@code action.wrong-state} where the image itself is not ready,
     *     {@code cloud.unsupported} where it cannot be fetched or converted
     */
    public ImageCopy want(Caller caller, ImageId id, DiskFormat format) {
        Optional<ImageCopy> known = list(caller, id).stream()
                .filter(copy -> copy.format() == format && copy.state() != ImageCopy.State.ERROR)
                .findFirst();
        if (known.isPresent()) {
            return known.get();
        }
        ImageCopy wanted = ImageCopy.pending(format, "");
        store.run(tx -> {
            ImageRow row = find(tx.sql(), caller, id);
            requireObtainable(row, table.places(tx.sql(), id), format);
            CopyTable.put(tx.sql(), id, wanted);
            jobs.schedule(tx, Images.JOB, id.value(), clock.instant());
        });
        return wanted;
    }

    private void requireObtainable(ImageRow row, List<Place> places, DiskFormat format) {
        Image image = row.image();
        if (row.work().origin() == Origin.NATIVE) {
            throw new Failure(
                    ErrorCode.CLOUD_UNSUPPORTED,
                    "The image '" + image.id()
                            + "' is a cloud's own and is not given away; save a machine that was made"
                            + " of it instead.");
        }
        switch (image.state()) {
            case READY -> {}
            case PENDING ->
                throw new Failure(
                        ErrorCode.ACTION_WRONG_STATE, "The image '" + image.id() + "' is not ready yet; wait for it.");
            case ERROR, DELETING -> throw image.unusable();
        }
        inspection.requireConversion(NewImageCheck.format(image.format()), format);
        boolean fetchable = places.stream()
                .anyMatch(place -> place.state() == Place.State.READY && clouds.has(place.cloud(), ImageStore.class));
        if (Homecoming.there(files, image).isEmpty() && !fetchable) {
            throw new Failure(
                    ErrorCode.CLOUD_UNSUPPORTED,
                    "The file of the image '" + image.id() + "' is not at this node, and no cloud gives it away.");
        }
    }

    /**
     * @throws Failure as {@link #get}; {@code action.wrong-state} while it is being made, {@code image.source} where that
     *     failed
     */
    public Content open(Caller caller, ImageId id, DiskFormat format) {
        ImageCopy copy = get(caller, id, format);
        switch (copy.state()) {
            case READY -> {}
            case PENDING ->
                throw new Failure(
                        ErrorCode.ACTION_WRONG_STATE,
                        "The image '" + id + "' is not here as " + format.word() + " yet; look again soon. "
                                + copy.message());
            case ERROR ->
                throw new Failure(
                        ErrorCode.IMAGE_SOURCE,
                        "The image '" + id + "' cannot be had as " + format.word() + ": " + copy.message());
        }
        ImageRow row = store.read(sql -> find(sql, caller, id));
        return new Content(file(row, format), copy.sizeBytes(), copy.sha512().orElseThrow());
    }

    private ImageRow find(Handle sql, Caller caller, ImageId id) {
        ImageRow row = table.find(sql, id).orElseThrow(() -> ImageAccess.noImage(id));
        access.requireLook(caller, row.image());
        return row;
    }

    private Optional<ImageCopy> own(ImageRow row) {
        if (row.work().origin() == Origin.NATIVE || row.image().state() != ImageState.READY) {
            return Optional.empty();
        }
        return DiskFormat.of(row.image().format())
                .flatMap(format -> Homecoming.there(files, row.image())
                        .map(home -> ImageCopy.ready(format, home.size(), home.sha512())));
    }

    /** A conversion that nobody asked for in a while is gone, and made anew when somebody does. */
    private boolean isThere(ImageRow row, ImageCopy copy) {
        return copy.state() != ImageCopy.State.READY || Files.exists(file(row, copy.format()));
    }

    private Path file(ImageRow row, DiskFormat format) {
        String sha512 = row.image().sha512().orElse("none");
        return row.image().format().equals(format.word()) ? files.of(sha512) : files.converted(sha512, format);
    }
}
