package hansa.drivers.simulated;

import hansa.cloud.CloudException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/**
 * The file that a simulated cloud lives in: one line for each commit, a checksum and the changes as JSON. A commit is
 * in the file (though not always on the disk) before it is answered, so it outlives a killed process. The last line
 * may be torn by that and is cut off at the next opening; damage anywhere else is refused.
 *
 * <p>{@link #append} and {@link #compact} are called by one thread at a time, {@link #awaitSync} by any. The file is
 * no {@link FileChannel}, since an interrupted caller would close that under everybody else.
 */
final class Journal implements AutoCloseable {

    private static final TypeReference<List<Change>> CHANGES = new TypeReference<>() {};
    private static final ObjectWriter WRITER = Json.MAPPER.writerFor(CHANGES);

    /** What was written before something new was kept of things is read as if that was empty, or not so. */
    private static final ObjectReader READER =
            Json.MAPPER.readerFor(CHANGES).without(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private static final int BATCH = 4096;
    private static final int CHECKSUM_LENGTH = 8;
    private static final long FEWEST_WORTH_COMPACTING = 20_000;

    private final Path path;
    private final boolean sync;
    private final FileChannel guard;
    private final ReentrantLock syncing = new ReentrantLock();
    private RandomAccessFile file;
    private long end;
    private long changes;
    private long synced;

    private Journal(Path path, boolean sync, FileChannel guard, RandomAccessFile file) {
        this.path = path;
        this.sync = sync;
        this.guard = guard;
        this.file = file;
    }

    /**
     * Opens or begins a journal and hands over what stands in it, oldest first.
     *
     * @throws IllegalArgumentException when another process has it open, or it is damaged
     */
    static Journal open(Path folder, boolean sync, Consumer<Change> reader) {
        Path path = folder.resolve("journal");
        try {
            Files.createDirectories(folder);
            FileChannel guard = lock(folder);
            try {
                Journal journal = new Journal(path, sync, guard, new RandomAccessFile(path.toFile(), "rw"));
                journal.replay(reader);
                return journal;
            } catch (IOException | RuntimeException e) {
                guard.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the simulated cloud cannot open its journal " + path, e);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel guard =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked;
        try {
            locked = guard.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            locked = false;
        }
        if (!locked) {
            guard.close();
            throw new IllegalArgumentException(
                    "the simulated cloud in " + folder + " is open already; close the other one or use another folder");
        }
        return guard;
    }

    /** Reading takes the longest when a large cloud is opened, so it is spread over all cores; the order is kept. */
    private void replay(Consumer<Change> reader) throws IOException {
        long number = 0;
        try (Lines lines = new Lines(Files.newInputStream(path))) {
            List<Line> batch = batch(lines);
            while (!batch.isEmpty()) {
                List<Entry> commits = batch.parallelStream().map(Journal::parse).toList();
                batch = batch(lines);
                for (int i = 0; i < commits.size(); i++) {
                    number++;
                    Entry commit = commits.get(i);
                    boolean last = batch.isEmpty() && i == commits.size() - 1;
                    if (commit.damage().isPresent() && !last) {
                        throw new IllegalArgumentException("the journal " + path + " is damaged in line " + number
                                + ": " + commit.damage().get()
                                + "; restore it, or move it away to begin with an empty cloud");
                    }
                    if (commit.damage().isEmpty()) {
                        commit.changes().forEach(reader);
                        changes += commit.changes().size();
                        end = commit.end();
                    }
                }
            }
        }
        file.setLength(end);
    }

    private static List<Line> batch(Lines lines) throws IOException {
        List<Line> batch = new ArrayList<>();
        while (batch.size() < BATCH && lines.next()) {
            batch.add(new Line(lines.line(), lines.isTerminated(), lines.offset()));
        }
        return batch;
    }

    private static final class Line {

        private final byte[] bytes;
        private final boolean terminated;
        private final long end;

        Line(byte[] bytes, boolean terminated, long end) {
            this.bytes = bytes;
            this.terminated = terminated;
            this.end = end;
        }
    }

    /**
     * What a line says.
     *
     * @param damage why it cannot be read
     */
    private record Entry(List<Change> changes, Optional<String> damage, long end) {}

    private static Entry parse(Line line) {
        try {
            return new Entry(changes(line), Optional.empty(), line.end);
        } catch (JacksonException e) {
            return new Entry(List.of(), Optional.of("it cannot be read, " + e.getOriginalMessage()), line.end);
        } catch (IllegalArgumentException e) {
            return new Entry(List.of(), Optional.of(String.valueOf(e.getMessage())), line.end);
        }
    }

    private static List<Change> changes(Line line) {
        byte[] bytes = line.bytes;
        int body = CHECKSUM_LENGTH + 1;
        if (!line.terminated || bytes.length <= body || bytes[CHECKSUM_LENGTH] != ' ') {
            throw new IllegalArgumentException("it is not whole");
        }
        String expected = new String(bytes, 0, CHECKSUM_LENGTH, StandardCharsets.ISO_8859_1);
        if (!expected.equals(checksum(bytes, body, bytes.length - body))) {
            throw new IllegalArgumentException("its checksum is wrong");
        }
        return READER.readValue(bytes, body, bytes.length - body);
    }

    private static String checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private static byte[] line(List<Change> changes) {
        byte[] body = WRITER.writeValueAsBytes(changes);
        ByteArrayOutputStream line = new ByteArrayOutputStream(body.length + CHECKSUM_LENGTH + 2);
        line.writeBytes(checksum(body, 0, body.length).getBytes(StandardCharsets.ISO_8859_1));
        line.write(' ');
        line.writeBytes(body);
        line.write('\n');
        return line.toByteArray();
    }

    /**
     * Writes one commit.
     *
     * @return what to hand to {@link #awaitSync}
     * @throws CloudException.Unavailable when it cannot be written; then nothing of it stays
     */
    long append(List<Change> commit) {
        byte[] line = line(commit);
        try {
            file.seek(end);
            file.write(line);
        } catch (IOException e) {
            var refusal = new CloudException.Unavailable(
                    "the simulated cloud cannot write its journal: " + e.getMessage(), e);
            cutOffTorn(refusal);
            throw refusal;
        }
        changes += commit.size();
        end += line.length;
        return end;
    }

    /** What remains in the worst case is overwritten by the next commit, or cut off at the next opening. */
    private void cutOffTorn(CloudException.Unavailable refusal) {
        try {
            file.setLength(end);
        } catch (IOException e) {
            refusal.addSuppressed(e);
        }
    }

    /** Waits until that commit is on the disk, where the journal was opened so; one wait serves all who wait. */
    void awaitSync(long commit) {
        if (!sync) {
            return;
        }
        syncing.lock();
        try {
            if (synced < commit) {
                long written = file.length();
                file.getFD().sync();
                synced = written;
            }
        } catch (IOException e) {
            throw new CloudException.Unavailable("the simulated cloud cannot sync its journal: " + e.getMessage(), e);
        } finally {
            syncing.unlock();
        }
    }

    /** Whether most of it is about what is no longer so. */
    boolean isWorthCompacting(long things) {
        return changes > FEWEST_WORTH_COMPACTING && changes > 2 * things;
    }

    /** Begins anew with the state as it is now. A crash in the middle leaves the old journal. */
    void compact(Stream<Change> everything) {
        Path fresh = path.resolveSibling("journal.new");
        syncing.lock();
        try {
            long count = 0;
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(fresh), 1 << 16)) {
                for (Change change : (Iterable<Change>) everything::iterator) {
                    out.write(line(List.of(change)));
                    count++;
                }
            }
            RandomAccessFile next = new RandomAccessFile(fresh.toFile(), "rw");
            next.getFD().sync();
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            file.close();
            file = next;
            end = next.length();
            synced = end;
            changes = count;
        } catch (IOException e) {
            throw new CloudException.Unavailable(
                    "the simulated cloud cannot compact its journal: " + e.getMessage(), e);
        } finally {
            syncing.unlock();
        }
    }

    @Override
    public void close() {
        syncing.lock();
        try (guard) {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the simulated cloud cannot close its journal " + path, e);
        } finally {
            syncing.unlock();
        }
    }
}
