package hansa.cloud.images;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of which pieces are looked at. For one thread. */
final class DiskFile implements Closeable {

    private final DiskFormat declared;
    private final FileChannel channel;
    private final long size;

    private DiskFile(DiskFormat declared, FileChannel channel) throws IOException {
        this.declared = declared;
        this.channel = channel;
        this.size = channel.size();
    }

    static DiskFile open(DiskFormat declared, Path file) throws IOException {
        return new DiskFile(declared, FileChannel.open(file, StandardOpenOption.READ));
    }

    long size() {
        return size;
    }

    /** @throws UnfitDisk where the file ends before the piece does */
    ByteBuffer piece(long offset, int length, ByteOrder order) throws IOException, UnfitDisk {
        if (!holds(offset, length)) {
            throw new UnfitDisk("it ends in the middle of what a " + declared.word() + " image has; is it truncated?");
        }
        ByteBuffer piece = ByteBuffer.allocate(length).order(order);
        while (piece.hasRemaining()) {
            if (channel.read(piece, offset + piece.position()) < 0) {
                throw new IOException("the file became shorter while it was read");
            }
        }
        return piece.flip();
    }

    /** Whether the file reaches so far. */
    boolean holds(long offset, long length) {
        return offset >= 0 && length >= 0 && offset <= size && length <= size - offset;
    }

    /** Whether those characters stand there; not where the file is too short. */
    boolean says(long offset, String text) throws IOException, UnfitDisk {
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        return holds(offset, wanted.length)
                && piece(offset, wanted.length, ByteOrder.BIG_ENDIAN).equals(ByteBuffer.wrap(wanted));
    }

    /** For a file that does not begin, or end, as its format does. */
    UnfitDisk notOfItsFormat() {
        return new UnfitDisk("it is declared as " + declared.word() + " but is none");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
