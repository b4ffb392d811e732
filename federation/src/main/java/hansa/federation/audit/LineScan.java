package hansa.federation.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Optional;

/** Reads the lines of a segment, from its start on or from its end back, a piece at a time. One thread. */
final class LineScan {

    private static final int PIECE = 64 * 1024;

    /** More than the longest record can be; what is longer is no record. */
    private static final int LONGEST = 1024 * 1024;

    private final FileChannel file;
    private final long size;
    private byte[] held = new byte[0];

    /** What of {@code held} was not given yet. */
    private int from;

    private int to;
    private long position;

    private LineScan(FileChannel file, long size, long position) {
        this.file = file;
        this.size = size;
        this.position = position;
    }

    static LineScan forward(FileChannel file) throws IOException {
        return new LineScan(file, file.size(), 0);
    }

    static LineScan backward(FileChannel file) throws IOException {
        long size = file.size();
        return new LineScan(file, size, size);
    }

    /** The next line without its end; a last line without an end is not given. */
    Optional<byte[]> next() throws IOException {
        int searched = from;
        while (true) {
            for (int i = searched; i < to; i++) {
                if (held[i] == '\n') {
                    byte[] line = Arrays.copyOfRange(held, from, i);
                    from = i + 1;
                    return Optional.of(line);
                }
            }
            int piece = (int) Math.min(PIECE, size - position);
            if (piece == 0 || to - from > LONGEST) {
                return Optional.empty();
            }
            byte[] wider = new byte[to - from + piece];
            System.arraycopy(held, from, wider, 0, to - from);
            read(wider, to - from, position, piece);
            position += piece;
            searched = to - from;
            hold(wider);
        }
    }

    /** The line before; what stands behind the last end of a line is not given. */
    Optional<byte[]> previous() throws IOException {
        while (true) {
            int end = lastEnd(to);
            int start = end < 0 ? -1 : lastEnd(end);
            if (end >= 0 && (start >= 0 || position == 0)) {
                byte[] line = Arrays.copyOfRange(held, start + 1, end);
                to = start + 1;
                return Optional.of(line);
            }
            int piece = (int) Math.min(PIECE, position);
            if (piece == 0 || to > LONGEST) {
                return Optional.empty();
            }
            position -= piece;
            byte[] wider = new byte[piece + to];
            read(wider, 0, position, piece);
            System.arraycopy(held, 0, wider, piece, to);
            hold(wider);
        }
    }

    private void hold(byte[] wider) {
        held = wider;
        from = 0;
        to = wider.length;
    }

    private int lastEnd(int before) {
        for (int i = before - 1; i >= 0; i--) {
            if (held[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void read(byte[] target, int at, long where, int length) throws IOException {
        ByteBuffer piece = ByteBuffer.wrap(target, at, length);
        while (piece.hasRemaining()) {
            if (file.read(piece, where + piece.position() - at) < 0) {
                throw new IOException("the file became shorter while it was read");
            }
        }
    }
}
