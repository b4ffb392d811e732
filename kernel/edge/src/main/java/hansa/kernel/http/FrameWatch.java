package hansa.kernel.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Follows the frames that a client of HTTP/2 sends (RFC 9113, §4.1), to see since when a frame or a block of header fields
 * has been on its way. Content is left to the watch over bodies. Fed by one thread at a time, asked by another.
 */
final class FrameWatch {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int OTHER_PROTOCOL = -1;
    private static final int FRAME_HEADER = 9;
    private static final int LENGTH_BYTES = 3;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int CONTINUATION = 9;
    private static final int END_HEADERS = 4;
    private static final long NOTHING = Long.MIN_VALUE;

    private int greeted;
    private int header;
    private int length;
    private int type;
    private int flags;
    private int left;
    private boolean block;
    private volatile long since = NOTHING;

    /** @param bytes what came in, all of it in order */
    void see(ByteBuffer bytes, long now) {
        while (bytes.hasRemaining() && greeted != OTHER_PROTOCOL) {
            if (greeted < PREFACE.length) {
                greeted = bytes.get() == PREFACE[greeted] ? greeted + 1 : OTHER_PROTOCOL;
            } else if (header < FRAME_HEADER) {
                readHeader(bytes.get() & 0xff, now);
            } else {
                int some = Math.min(left, bytes.remaining());
                bytes.position(bytes.position() + some);
                left -= some;
                endWhenWhole();
            }
        }
    }

    private void readHeader(int octet, long now) {
        if (header == 0 && since == NOTHING) {
            since = now;
        }
        if (header < LENGTH_BYTES) {
            length = length << 8 | octet;
        } else if (header == LENGTH_BYTES) {
            type = octet;
        } else if (header == LENGTH_BYTES + 1) {
            flags = octet;
        }
        header++;
        if (header == FRAME_HEADER) {
            left = length;
            if (type == DATA && !block) {
                since = NOTHING;
            }
            endWhenWhole();
        }
    }

    private void endWhenWhole() {
        if (left > 0) {
            return;
        }
        if (type == HEADERS || type == CONTINUATION) {
            block = (flags & END_HEADERS) == 0;
        }
        if (!block) {
            since = NOTHING;
        }
        header = 0;
        length = 0;
    }

    boolean isLate(long now, long nanos) {
        long begun = since;
        return begun != NOTHING && now - begun > nanos;
    }
}
