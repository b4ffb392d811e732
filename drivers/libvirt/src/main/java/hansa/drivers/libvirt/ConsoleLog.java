package hansa.drivers.libvirt;

import hansa.cloud.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * What a guest printed, kept within bounds: QEMU appends to one file; when that is full, its content becomes the older
 * part, and the file starts empty again. Offsets count from the first boot on, whatever was dropped since.
 *
 * @param file that QEMU appends to
 * @param limit bytes after which the file is emptied; up to twice as much is kept
 */
record ConsoleLog(Path file, long limit) {

    static final long DEFAULT_LIMIT = 1024L * 1024;

    /** A piece that was read, and where it starts. */
    record Piece(Bytes content, long start) {}

    private Path older() {
        return Folders.sibling(file, ".old");
    }

    private Path emptied() {
        return Folders.sibling(file, ".start");
    }

    /** The offset of the file's first byte. */
    private long start() throws IOException {
        return Files.exists(emptied())
                ? Long.parseLong(Files.readString(emptied()).strip())
                : 0;
    }

    Piece read(long offset, int maxBytes) throws IOException {
        long start = start();
        if (offset >= start) {
            return new Piece(read(file, offset - start, maxBytes), offset);
        }
        long oldest = start - Files.size(older());
        long from = Math.max(offset, oldest);
        return new Piece(read(older(), from - oldest, maxBytes), from);
    }

    private static Bytes read(Path from, long position, int maxBytes) throws IOException {
        try (FileChannel channel = FileChannel.open(from, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocate(Math.clamp(channel.size() - position, 0, maxBytes));
            long at = position;
            while (buffer.hasRemaining()) {
                int read = channel.read(buffer, at);
                if (read < 0) {
                    break;
                }
                at += read;
            }
            byte[] content = new byte[buffer.position()];
            buffer.flip().get(content);
            return Bytes.of(content);
        }
    }

    /** Empties a full file. What the guest prints in the very moment of emptying may be lost. */
    void trim() throws IOException {
        if (!Files.exists(file) || Files.size(file) <= limit) {
            return;
        }
        long start = start();
        Path part = Folders.sibling(older(), ".part");
        Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
        long copied = Files.size(part);
        try (FileChannel older = FileChannel.open(part, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            dropAllBut(limit, older);
        }
        Files.move(part, older(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Folders.write(emptied(), Long.toString(start + copied).getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            // QEMU appends, so what it prints next goes to the new beginning.
            channel.truncate(0);
        }
    }

    private static void dropAllBut(long kept, FileChannel channel) throws IOException {
        long dropped = channel.size() - kept;
        if (dropped <= 0) {
            return;
        }
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        long to = 0;
        while (to < kept) {
            buffer.clear();
            int read = channel.read(buffer, dropped + to);
            if (read < 0) {
                break;
            }
            buffer.flip();
            to += channel.write(buffer, to);
        }
        channel.truncate(kept);
    }
}
