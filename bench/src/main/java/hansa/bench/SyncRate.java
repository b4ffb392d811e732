package hansa.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How many small appends a disk makes durable in a second, one after the other: the limit of a store without group commit. */
public final class SyncRate {

    private static final int PAGE = 4096;

    private SyncRate() {}

    /** Prints the rate of the disk under the folder {@code args[0]}. */
    public static void main(String[] args) throws IOException {
        System.out.println(measure(Path.of(args[0]), 3_000_000_000L));
    }

    static long measure(Path folder, long nanos) throws IOException {
        Path file = Files.createTempFile(folder, "sync", ".bin");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long begin = System.nanoTime();
            long syncs = 0;
            while (System.nanoTime() - begin < nanos) {
                channel.write(ByteBuffer.allocate(PAGE));
                channel.force(false);
                syncs++;
            }
            return syncs * 1_000_000_000L / (System.nanoTime() - begin);
        } finally {
            Files.delete(file);
        }
    }
}
