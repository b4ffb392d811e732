package hansa.kernel.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;

/**
 * Sends a body in pieces and keeps back the last one, so that a body of one piece goes out with its length. Its writer may
 * close it, as JSON libraries like to do; the body ends when {@link #end} says so.
 */
final class PieceStream extends OutputStream {

    private static final int FIRST = 2 * 1024;
    private static final int PIECE = 32 * 1024;

    private final org.eclipse.jetty.server.Response wire;
    private final AnswerWatch watch;
    private byte[] piece = new byte[FIRST];
    private int length;
    private long sent;
    private boolean broken;

    PieceStream(org.eclipse.jetty.server.Response wire, AnswerWatch watch) {
        this.wire = wire;
        this.watch = watch;
    }

    @Override
    public void write(int b) throws IOException {
        makeRoom(1);
        piece[length++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        int done = 0;
        while (done < count) {
            makeRoom(count - done);
            int fits = Math.min(count - done, piece.length - length);
            System.arraycopy(bytes, from + done, piece, length, fits);
            length += fits;
            done += fits;
        }
    }

    /** Room for at least one byte. */
    private void makeRoom(int wanted) throws IOException {
        if (length + wanted > piece.length && piece.length < PIECE) {
            piece = Arrays.copyOf(piece, Math.min(PIECE, Math.max(piece.length * 2, length + wanted)));
        }
        if (length == piece.length) {
            flush();
        }
    }

    @Override
    public void flush() throws IOException {
        if (length == 0) {
            return;
        }
        ByteBuffer full = ByteBuffer.wrap(piece, 0, length);
        sent += length;
        length = 0;
        try {
            watch.begin(full.remaining());
            watch.watch();
            Content.Sink.write(wire, false, full);
        } catch (IOException gone) {
            broken = true;
            throw gone;
        } finally {
            watch.end();
        }
    }

    @Override
    public void close() {
        // See the class comment.
    }

    /** Sends what is left as the end of the body. */
    void end(Callback done) {
        sent += length;
        watch.begin(length);
        wire.write(true, ByteBuffer.wrap(piece, 0, length), done);
        watch.watch();
    }

    /** Bytes given to the connection. */
    long sent() {
        return sent;
    }

    /** Whether it was the connection that failed. */
    boolean broken() {
        return broken;
    }
}
