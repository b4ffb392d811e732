package hansa.federation.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the log, each named after the first record in it, so that their names are in the order of the chain. */
final class Segments {

    private static final String END = ".jsonl";

    private final Path folder;

    Segments(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    Path of(long firstSequence) {
        return folder.resolve("%020d%s".formatted(firstSequence, END));
    }

    static long firstSequence(Path segment) {
        String name = segment.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - END.length()));
    }

    /** Oldest first. */
    List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d{20}\\.jsonl"))
                    .sorted()
                    .toList();
        }
    }
}
