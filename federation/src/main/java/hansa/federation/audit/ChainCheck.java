package hansa.federation.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** Follows the chain from its beginning. One thread, one use. */
final class ChainCheck {

    private long records;
    private long first;
    private long expected;
    private String previous = AuditRecord.NOTHING;

    Verification of(List<Path> segments) throws IOException {
        for (Path segment : segments) {
            Optional<Verification.Broken> broken = follow(segment);
            if (broken.isPresent()) {
                return result(broken);
            }
        }
        return result(Optional.empty());
    }

    private Verification result(Optional<Verification.Broken> broken) {
        return new Verification(records, first, records == 0 ? 0 : expected - 1, previous, broken);
    }

    private Optional<Verification.Broken> follow(Path segment) throws IOException {
        try (FileChannel file = FileChannel.open(segment, StandardOpenOption.READ)) {
            LineScan lines = LineScan.forward(file);
            long number = 0;
            Optional<byte[]> line = lines.next();
            if (line.isPresent() && records > 0 && Segments.firstSequence(segment) != expected) {
                return Optional.of(broken(segment, 1, "a file is missing before it"));
            }
            while (line.isPresent()) {
                number++;
                Optional<AuditRecord> read = AuditLine.read(line.get());
                if (read.isEmpty()) {
                    return Optional.of(broken(segment, number, "the line is no record"));
                }
                Optional<String> fault = fault(segment, read.get());
                if (fault.isPresent()) {
                    return Optional.of(broken(segment, number, fault.get()));
                }
                previous = Digests.of(line.get());
                expected = read.get().sequence() + 1;
                records++;
                line = lines.next();
            }
            return Optional.empty();
        }
    }

    private Optional<String> fault(Path segment, AuditRecord record) {
        if (records == 0) {
            first = record.sequence();
            if (first != Segments.firstSequence(segment)) {
                return Optional.of("it is not the record that the file's name says");
            }
            return first == 1 && !record.previous().equals(AuditRecord.NOTHING)
                    ? Optional.of("it is the first record and names one before it")
                    : Optional.empty();
        }
        if (record.sequence() != expected) {
            return Optional.of("record " + expected + " is expected here, not " + record.sequence());
        }
        return record.previous().equals(previous)
                ? Optional.empty()
                : Optional.of("the record before it was changed after this one was written, or this one was put in");
    }

    private Verification.Broken broken(Path segment, long line, String why) {
        return new Verification.Broken(segment.getFileName().toString(), line, expected, why);
    }
}
