package hansa.federation.audit;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Reads the log of this node. Thread-safe. */
public final class AuditReader {

    /** Most records that one page looks at, so that a filter that nothing fits costs a bounded time. */
    public static final int SCANNED = 100_000;

    private final Segments segments;
    private final Runnable flush;
    private final ReentrantLock verifying = new ReentrantLock();

    AuditReader(Segments segments, Runnable flush) {
        this.segments = segments;
        this.flush = flush;
    }

    /** @param limit 1 to 1,000 */
    public AuditPage page(AuditQuery query, int limit) {
        flush.run();
        List<AuditRecord> found = new ArrayList<>();
        Backwards scan = new Backwards(query, record -> {
            if (query.matches(record)) {
                found.add(record);
            }
            return found.size() < limit;
        });
        OptionalLong before = run(scan);
        return new AuditPage(found, before);
    }

    /**
     * Goes through the records that fit, newest first, until the visitor has enough.
     *
     * @return where to go on; empty when nothing is left
     */
    public OptionalLong visit(AuditQuery query, Predicate<AuditRecord> more) {
        flush.run();
        return run(new Backwards(query, record -> !query.matches(record) || more.test(record)));
    }

    private OptionalLong run(Backwards scan) {
        try {
            return scan.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Follows the whole chain; one at a time, since it reads everything.
     *
     * @throws Failure {@code rate.limited} while another one runs
     */
    public Verification verify() {
        flush.run();
        if (!verifying.tryLock()) {
            throw new Failure(
                    ErrorCode.RATE_LIMITED, "The audit log is being verified already; ask again when that is done.");
        }
        try {
            return new ChainCheck().of(segments.all());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            verifying.unlock();
        }
    }

    private final class Backwards {
        private final AuditQuery query;
        private final Predicate<AuditRecord> more;
        private int looked;

        Backwards(AuditQuery query, Predicate<AuditRecord> more) {
            this.query = query;
            this.more = more;
        }

        OptionalLong run() throws IOException {
            for (Path segment : segments.all().reversed()) {
                if (query.before().isPresent()
                        && Segments.firstSequence(segment) >= query.before().getAsLong()) {
                    continue;
                }
                Optional<OptionalLong> ended = through(segment);
                if (ended.isPresent()) {
                    return ended.get();
                }
            }
            return OptionalLong.empty();
        }

        /** Where it ended, unless the segment did. */
        private Optional<OptionalLong> through(Path segment) throws IOException {
            try (FileChannel file = FileChannel.open(segment, StandardOpenOption.READ)) {
                LineScan lines = LineScan.backward(file);
                Optional<byte[]> line = lines.previous();
                while (line.isPresent()) {
                    Optional<AuditRecord> record = AuditLine.read(line.get()).filter(this::isWanted);
                    if (record.isPresent()) {
                        looked++;
                        if (query.isTooOld(record.get())) {
                            return Optional.of(OptionalLong.empty());
                        }
                        if (!more.test(record.get()) || looked >= SCANNED) {
                            return Optional.of(rest(record.get()));
                        }
                    }
                    line = lines.previous();
                }
                return Optional.empty();
            } catch (NoSuchFileException deletedMeanwhile) {
                return Optional.of(OptionalLong.empty());
            }
        }

        private boolean isWanted(AuditRecord record) {
            return query.before().isEmpty()
                    || record.sequence() < query.before().getAsLong();
        }

        private OptionalLong rest(AuditRecord record) {
            return record.sequence() == 1 ? OptionalLong.empty() : OptionalLong.of(record.sequence());
        }
    }
}
