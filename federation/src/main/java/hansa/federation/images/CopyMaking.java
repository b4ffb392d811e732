package hansa.federation.images;

import hansa.cloud.CloudException;
import hansa.cloud.images.DiskFormat;
import hansa.cloud.images.UnfitDisk;
import hansa.kernel.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes the copies that were asked for; a part of an image's job. */
final class CopyMaking {

    private static final int ATTEMPTS = 10;

    private final Store store;
    private final Homecoming homecoming;
    private final Conversions conversions;

    CopyMaking(Store store, Homecoming homecoming, Conversions conversions) {
        this.store = store;
        this.homecoming = homecoming;
        this.conversions = conversions;
    }

    /** @return why some have to wait for another attempt */
    Optional<String> make(ImageRow row, List<Place> places, int attempt) throws InterruptedException {
        ImageId id = row.image().id();
        Optional<String> waiting = Optional.empty();
        for (ImageCopy copy : store.read(sql -> CopyTable.list(sql, id))) {
            if (copy.state() == ImageCopy.State.PENDING) {
                Optional<String> why = make(row, places, copy.format(), attempt);
                waiting = waiting.or(() -> why);
            }
        }
        return waiting;
    }

    private Optional<String> make(ImageRow row, List<Place> places, DiskFormat format, int attempt)
            throws InterruptedException {
        ImageId id = row.image().id();
        Progress progress =
                new Progress(text -> store.run(tx -> CopyTable.update(tx.sql(), id, ImageCopy.pending(format, text))));
        try {
            DiskFormat own = DiskFormat.of(row.image().format())
                    .orElseThrow(() -> new UnfitDisk("its format is not known here"));
            Homecoming.Home home = homecoming.bring(row, places, progress::tell);
            if (format == own) {
                store.run(tx -> CopyTable.remove(tx.sql(), id, format));
                return Optional.empty();
            }
            Path made = conversions.in(format, home, own, progress::tell);
            Intake.Written written = Intake.read(made);
            store.run(tx -> CopyTable.update(tx.sql(), id, ImageCopy.ready(format, written.size(), written.sha512())));
            return Optional.empty();
        } catch (UnfitDisk e) {
            return failed(id, format, Sentences.of(e.text()));
        } catch (CloudException e) {
            boolean forGood = e instanceof CloudException.InvalidRequest || e instanceof CloudException.NotFound;
            return forGood ? failed(id, format, Sentences.of(e.text())) : later(id, format, e.text(), attempt);
        } catch (IOException e) {
            return later(id, format, String.valueOf(e.getMessage()), attempt);
        }
    }

    private Optional<String> failed(ImageId id, DiskFormat format, String why) {
        store.run(tx -> CopyTable.update(tx.sql(), id, ImageCopy.error(format, why)));
        return Optional.empty();
    }

    private Optional<String> later(ImageId id, DiskFormat format, String why, int attempt) {
        if (attempt >= ATTEMPTS) {
            return failed(id, format, Sentences.of(why));
        }
        store.run(
                tx -> CopyTable.update(tx.sql(), id, ImageCopy.pending(format, Sentences.of(why) + " Trying again.")));
        return Optional.of(why);
    }
}
