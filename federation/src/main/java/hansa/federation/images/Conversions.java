package hansa.federation.images;

import hansa.cloud.images.DiskFormat;
import hansa.cloud.images.DiskTool;
import hansa.cloud.images.UnfitDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Writes images anew in other formats, and keeps what was written for a while. */
final class Conversions {

    private static final Duration KEPT = Duration.ofHours(24);

    /** More only take the disk and the processors from each other, however many clouds wait for them. */
    private static final int AT_ONCE = 4;

    private final ImageFiles files;
    private final DiskTool tool;
    private final Room room;
    private final Clock clock;
    private final Turns<Path> turns = new Turns<>();
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    Conversions(ImageFiles files, DiskTool tool, Room room, Clock clock) {
        this.files = files;
        this.tool = tool;
        this.room = room;
        this.clock = clock;
    }

    /**
     * The image in a format: its own file, one that was converted before, or a new one.
     *
     * @param progress told how far it is
     */
    Path in(DiskFormat wanted, Homecoming.Home home, DiskFormat own, Consumer<String> progress)
            throws IOException, UnfitDisk, InterruptedException {
        if (wanted == own) {
            return home.file();
        }
        files.tidy(clock.instant().minus(KEPT));
        Path there = files.converted(home.sha512(), wanted);
        if (Files.exists(there)) {
            Files.setLastModifiedTime(there, FileTime.from(clock.instant()));
            return there;
        }
        try (Turns.Turn _ = turns.take(there)) {
            if (Files.exists(there)) {
                return there;
            }
            places.acquire();
            try {
                return convert(wanted, home, own, progress, there);
            } finally {
                places.release();
            }
        }
    }

    private Path convert(DiskFormat wanted, Homecoming.Home home, DiskFormat own, Consumer<String> progress, Path there)
            throws IOException, UnfitDisk, InterruptedException {
        // A disk that a guest sees as larger than its file takes that room only where it is not empty.
        room.require(home.size());
        tool.inspect(own, home.file());
        Path part = files.fresh();
        try {
            Files.delete(part);
            String doing = "It is being converted from " + own.word() + " to " + wanted.word();
            progress.accept(doing + ".");
            tool.convert(own, home.file(), wanted, part, percent -> progress.accept(doing + ": " + percent + " %."));
            files.keepConverted(part, home.sha512(), wanted);
            return there;
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
