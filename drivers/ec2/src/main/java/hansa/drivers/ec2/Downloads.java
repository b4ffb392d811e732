package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Makes files of snapshots. What a snapshot has no block of takes no room in the file. */
final class Downloads {

    private static final int MOST_PAGES = 200_000;
    private static final long BYTES_PER_GIB = 1L << 30;

    private final Ebs ebs;
    private final Patience patience;
    private final int lanes;

    Downloads(Ebs ebs, Patience patience, int lanes) {
        this.ebs = ebs;
        this.patience = patience;
        this.lanes = lanes;
    }

    /**
     * Makes a new file. It is not there where that fails.
     *
     * @param bytes how many of the snapshot are wanted
     */
    void fetch(String snapshot, long bytes, Path file) {
        boolean whole = false;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            try {
                copy(snapshot, bytes, channel);
                whole = true;
            } finally {
                if (!whole) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new CloudException.Unavailable("the file of an image cannot be written", e);
        }
    }

    private void copy(String snapshot, long bytes, FileChannel channel) throws IOException {
        Set<String> seen = new HashSet<>();
        try (Lanes busy = new Lanes(lanes)) {
            Optional<String> next = Optional.empty();
            do {
                Optional<String> token = next;
                Ebs.Page page = patience.persistently(
                        () -> ebs.blocks(snapshot, token), CloudException.Unavailable.class::isInstance);
                if (page.gib() * BYTES_PER_GIB < bytes) {
                    throw new CloudException.Unavailable(
                            "the snapshot " + snapshot + " has less than the " + bytes + " bytes of its image");
                }
                for (Ebs.Block block : page.blocks()) {
                    busy.run(() -> copy(snapshot, block, bytes, channel));
                }
                next = page.next();
                if (next.isPresent() && (!seen.add(next.get()) || seen.size() > MOST_PAGES)) {
                    throw new CloudException.Unavailable("the pages of the snapshot " + snapshot + " have no end");
                }
            } while (next.isPresent());
            busy.finish();
        }
        if (channel.size() < bytes) {
            channel.write(ByteBuffer.allocate(1), bytes - 1);
        }
    }

    private void copy(String snapshot, Ebs.Block block, long bytes, FileChannel channel) throws IOException {
        long position = (long) block.index() * Ebs.BLOCK_BYTES;
        if (position >= bytes) {
            return;
        }
        byte[] content =
                patience.persistently(() -> ebs.get(snapshot, block), CloudException.Unavailable.class::isInstance);
        ByteBuffer wanted = ByteBuffer.wrap(content, 0, (int) Math.min(content.length, bytes - position));
        while (wanted.hasRemaining()) {
            position += channel.write(wanted, position);
        }
    }
}
