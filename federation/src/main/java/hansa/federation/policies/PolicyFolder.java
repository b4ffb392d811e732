package hansa.federation.policies;

import hansa.federation.policies.PolicyEntry.Origin;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.policy.PolicyDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Policies in files, {@code *.xml}. Thread-safe. */
final class PolicyFolder {

    private static final long LARGEST = 1024 * 1024;
    private static final int MOST = 1000;

    private final Optional<Path> folder;
    private final Origin origin;

    PolicyFolder(Optional<Path> folder, Origin origin) {
        this.folder = folder;
        this.origin = origin;
    }

    /** What tells whether something changed without being read. */
    record Mark(String name, long size, FileTime changed) {}

    /** @throws Failure {@code store.unavailable} when the folder cannot be read */
    List<Mark> marks() {
        List<Mark> marks = new ArrayList<>();
        try {
            for (Path file : files()) {
                marks.add(new Mark(file.getFileName().toString(), Files.size(file), Files.getLastModifiedTime(file)));
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return marks;
    }

    List<PolicyDocument> documents() {
        List<PolicyDocument> documents = new ArrayList<>();
        try {
            for (Path file : files()) {
                if (Files.size(file) > LARGEST) {
                    throw new Failure(
                            ErrorCode.ATTRIBUTE_INVALID, file + " is larger than a policy can be, which is 1 MiB.");
                }
                documents.add(new PolicyDocument(file.getFileName().toString(), Files.readString(file)));
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return documents;
    }

    List<PolicyEntry> entries() {
        return marks().stream()
                .map(mark ->
                        new PolicyEntry(mark.name(), origin, 0, OptionalLong.empty(), 0, "", instant(mark.changed())))
                .toList();
    }

    private static Instant instant(FileTime time) {
        return Instant.ofEpochMilli(time.toMillis());
    }

    private List<Path> files() throws IOException {
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder.get())) {
            List<Path> files = all.filter(file -> file.getFileName().toString().endsWith(".xml"))
                    .sorted()
                    .limit(MOST + 1L)
                    .toList();
            if (files.size() > MOST) {
                throw new Failure(
                        ErrorCode.ATTRIBUTE_INVALID, folder.get() + " has more than " + MOST + " policies; join some.");
            }
            return files;
        }
    }

    private Failure unreadable(IOException e) {
        return new Failure(
                ErrorCode.STORE_UNAVAILABLE,
                "The folder of policies " + folder.map(Path::toString).orElse("") + " cannot be read; does it exist?",
                e);
    }
}
