package hansa.federation.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of the chain, to which records are added. One thread. */
final class Chain implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Chain.class);

    private final AuditSettings settings;
    private final Segments segments;
    private final LineBuffer buffer = new LineBuffer();
    private final MessageDigest digest = Digests.sha256();
    private FileChannel file;
    private long size;
    private long next;
    private String last;

    private Chain(AuditSettings settings, Segments segments, FileChannel file, long next, String last)
            throws IOException {
        this.settings = settings;
        this.segments = segments;
        this.file = file;
        this.size = file.size();
        this.next = next;
        this.last = last;
    }

    /** Goes on where the log ends; a line that a crash left half-written is cut off. */
    static Chain open(AuditSettings settings, Segments segments) throws IOException {
        List<Path> all = segments.all();
        if (all.isEmpty()) {
            return new Chain(settings, segments, create(segments.of(1)), 1, AuditRecord.NOTHING);
        }
        Path newest = all.getLast();
        FileChannel file = FileChannel.open(newest, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            cutTail(newest, file);
            file.position(file.size());
            Optional<byte[]> line = LineScan.backward(file).previous();
            if (line.isEmpty()) {
                Optional<byte[]> before = all.size() < 2 ? Optional.empty() : lastLine(all.get(all.size() - 2));
                return new Chain(
                        settings,
                        segments,
                        file,
                        Segments.firstSequence(newest),
                        before.map(Digests::of).orElse(AuditRecord.NOTHING));
            }
            long sequence = AuditLine.read(line.get())
                    .map(AuditRecord::sequence)
                    .orElseThrow(() -> new IOException("The last line of " + newest
                            + " is no audit record; verify the log, and move the damaged file away to go on"));
            return new Chain(settings, segments, file, sequence + 1, Digests.of(line.get()));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static Optional<byte[]> lastLine(Path segment) throws IOException {
        try (FileChannel file = FileChannel.open(segment, StandardOpenOption.READ)) {
            return LineScan.backward(file).previous();
        }
    }

    private static void cutTail(Path segment, FileChannel file) throws IOException {
        long end = file.size();
        ByteBuffer one = ByteBuffer.allocate(1);
        long whole = end;
        while (whole > 0) {
            one.clear();
            file.read(one, whole - 1);
            if (one.get(0) == '\n') {
                break;
            }
            whole--;
        }
        if (whole < end) {
            LOG.warn("{} ends in the middle of a record; {} bytes are cut off", segment, end - whole);
            file.truncate(whole);
        }
    }

    private static FileChannel create(Path segment) throws IOException {
        return FileChannel.open(segment, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /**
     * Writes records, all or none of them.
     *
     * @param sync whether they are on the disk when it returns
     */
    void append(List<AuditEntry> entries, boolean sync) throws IOException {
        String previous = last;
        long sequence = next;
        buffer.clear();
        for (AuditEntry entry : entries) {
            int start = buffer.length();
            AuditLine.write(buffer, sequence, previous, entry);
            buffer.digest(digest, start);
            previous = HexFormat.of().formatHex(digest.digest());
            buffer.plain("\n");
            sequence++;
        }
        if (size > 0 && size + buffer.length() > settings.segment()) {
            rotate();
        }
        ByteBuffer bytes = buffer.written();
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            if (sync) {
                file.force(false);
            }
        } catch (IOException e) {
            file.truncate(size);
            file.position(size);
            throw e;
        }
        size += buffer.length();
        next = sequence;
        last = previous;
    }

    void sync() throws IOException {
        file.force(false);
    }

    private void rotate() throws IOException {
        file.force(true);
        FileChannel fresh = create(segments.of(next));
        file.close();
        file = fresh;
        size = 0;
        long kept = settings.segment();
        for (Path segment : segments.all().reversed()) {
            kept += Files.size(segment);
            if (kept > settings.keep() && !segment.equals(segments.of(next))) {
                LOG.info("The audit log is larger than it may be; {} is deleted", segment);
                Files.delete(segment);
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.force(true);
        file.close();
    }
}
