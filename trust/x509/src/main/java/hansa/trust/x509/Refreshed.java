package hansa.trust.x509;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a folder of small files says, read again when the files have changed. It is looked at when somebody asks and the
 * last look is long enough ago; meanwhile others go on with what was read before. Thread-safe.
 */
final class Refreshed<T> {

    /** Reads the whole folder. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Path folder) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Refreshed.class);
    private static final int DEPTH = 2;
    private static final int MOST_FILES = 20_000;

    private record Seen(FileTime changed, long size) {}

    private record State<T>(T value, Map<Path, Seen> files, Instant looked) {}

    private final Path folder;
    private final Reader<T> reader;
    private final Duration every;
    private final Clock clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile State<T> state;

    /** @throws IOException if the folder cannot be read now; later the last state is kept, and that is logged */
    Refreshed(Path folder, Reader<T> reader, Duration every, Clock clock) throws IOException {
        this.folder = folder;
        this.reader = reader;
        this.every = every;
        this.clock = clock;
        Instant now = clock.instant();
        Map<Path, Seen> files = files();
        this.state = new State<>(reader.read(folder), files, now);
    }

    T get() {
        if (isOld(state) && reading.tryLock()) {
            try {
                if (isOld(state)) {
                    look();
                }
            } finally {
                reading.unlock();
            }
        }
        return state.value();
    }

    private boolean isOld(State<T> known) {
        return !clock.instant().isBefore(known.looked().plus(every));
    }

    private void look() {
        State<T> known = state;
        Instant now = clock.instant();
        try {
            Map<Path, Seen> files = files();
            T value = files.equals(known.files()) ? known.value() : reader.read(folder);
            state = new State<>(value, files, now);
        } catch (IOException e) {
            LOG.error("{} cannot be read, so that what was read before is kept: {}", folder, e.getMessage());
            state = new State<>(known.value(), known.files(), now);
        }
    }

    private Map<Path, Seen> files() throws IOException {
        Map<Path, Seen> files = new HashMap<>();
        try (Stream<Path> found = Files.walk(folder, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            for (Path path : (Iterable<Path>) found::iterator) {
                // links into nowhere and files that are just being replaced are no files
                if (Files.isRegularFile(path)) {
                    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
                    files.put(path, new Seen(attributes.lastModifiedTime(), attributes.size()));
                }
                if (files.size() > MOST_FILES) {
                    throw new IOException("There are more than " + MOST_FILES + " files in " + folder);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return files;
    }
}
