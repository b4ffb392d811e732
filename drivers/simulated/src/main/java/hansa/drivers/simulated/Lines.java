package hansa.drivers.simulated;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads whole lines of bytes and knows where each ended. What follows the last line end is a line as well. */
final class Lines implements AutoCloseable {

    private static final int LONGEST = 64 * 1024 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private int position;
    private int filled;
    private long offset;
    private boolean terminated;

    Lines(InputStream in) {
        this.in = in;
    }

    boolean next() throws IOException {
        line.reset();
        terminated = false;
        while (!terminated && fill()) {
            int start = position;
            while (position < filled && buffer[position] != '\n') {
                position++;
            }
            line.write(buffer, start, position - start);
            terminated = position < filled;
            position += terminated ? 1 : 0;
            offset += position - start;
            if (line.size() > LONGEST) {
                throw new IOException("a line is longer than " + LONGEST + " bytes");
            }
        }
        return terminated || line.size() > 0;
    }

    private boolean fill() throws IOException {
        if (position == filled) {
            position = 0;
            filled = Math.max(0, in.read(buffer));
        }
        return filled > 0;
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
