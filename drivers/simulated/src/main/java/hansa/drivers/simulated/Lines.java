package hansa.drivers.simulated;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads whole lines of bytes and knows where each ended. What follows the last line end is a line as well. */
final class Lines implements AutoCloseable {

    private static final int LONGEST = 64 * 1024 * 1024;

    private final BufferedInputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private long offset;
    private boolean terminated;

    Lines(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    boolean next() throws IOException {
        line.reset();
        terminated = false;
        int b;
        while ((b = in.read()) >= 0) {
            offset++;
            if (b == '\n') {
                terminated = true;
                return true;
            }
            if (line.size() == LONGEST) {
                throw new IOException("a line is longer than " + LONGEST + " bytes");
            }
            line.write(b);
        }
        return line.size() > 0;
    }

    byte[] line() {
        return line.toByteArray();
    }

    /** Whether the line has its end. */
    boolean isTerminated() {
        return terminated;
    }

    /** Bytes up to the end of the line, its line end included. */
    long offset() {
        return offset;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
