package hansa.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FrameWatchTest {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int PING = 6;
    private static final int CONTINUATION = 9;
    private static final int END_HEADERS = 4;

    private final FrameWatch watch = new FrameWatch();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    FrameWatchTest() {
        send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII), 0);
    }

    private static byte[] frame(int type, int flags, int length) {
        byte[] frame = new byte[9 + length];
        frame[1] = (byte) (length >> 8);
        frame[2] = (byte) length;
        frame[3] = (byte) type;
        frame[4] = (byte) flags;
        return frame;
    }

    private void send(byte[] bytes, long at) {
        watch.see(ByteBuffer.wrap(bytes), at);
    }

    /** All of a frame but its last byte. */
    private void sendMost(byte[] frame, long at) {
        watch.see(ByteBuffer.wrap(frame, 0, frame.length - 1), at);
    }

    private boolean isLateAt(long now) {
        return watch.isLate(now, 100);
    }

    @Test
    void wholeFramesAreNeverLate() {
        send(frame(HEADERS, END_HEADERS, 20), 10);
        send(frame(PING, 0, 8), 20);
        send(frame(DATA, 0, 0), 30);
        assertThat(isLateAt(1_000)).isFalse();
    }

    @Test
    void aBlockOfFieldsIsLateFromItsFirstByteOnUntilItsLastFrame() {
        send(frame(HEADERS, 0, 20), 10);
        assertThat(isLateAt(110)).isFalse();
        assertThat(isLateAt(111)).isTrue();
        send(frame(CONTINUATION, 0, 1), 100);
        assertThat(isLateAt(111)).isTrue();
        send(frame(CONTINUATION, END_HEADERS, 1), 120);
        assertThat(isLateAt(1_000)).isFalse();
        sendMost(frame(HEADERS, END_HEADERS, 20), 1_000);
        assertThat(isLateAt(1_100)).isFalse();
        assertThat(isLateAt(1_101)).isTrue();
    }

    @Test
    void anyFrameThatDoesNotEndIsLateExceptContent() {
        sendMost(frame(PING, 0, 8), 10);
        assertThat(isLateAt(111)).isTrue();
        send(new byte[1], 112);
        sendMost(frame(DATA, 0, 1_000), 120);
        assertThat(isLateAt(10_000)).isFalse();
        send(new byte[1], 10_000);
        watch.see(ByteBuffer.wrap(frame(DATA, 0, 5), 0, 3), 10_001);
        assertThat(isLateAt(10_102)).isTrue();
    }

    @Test
    void itDoesNotMatterHowTheBytesAreCut() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            int type = random.nextInt(10);
            boolean last = type != HEADERS && type != CONTINUATION || random.nextBoolean();
            sent.writeBytes(frame(type, last ? END_HEADERS : 0, random.nextInt(300)));
        }
        sent.writeBytes(frame(CONTINUATION, END_HEADERS, 7));
        byte[] all = sent.toByteArray();
        for (int at = 0; at < all.length; ) {
            int length = Math.min(all.length - at, random.nextInt(1, 40));
            watch.see(ByteBuffer.wrap(all, at, length), 1);
            at += length;
        }
        assertThat(isLateAt(10_000)).isFalse();
        send(frame(HEADERS, 0, 3), 10_000);
        assertThat(isLateAt(10_101)).isTrue();
    }

    @Test
    void whatIsNotThisProtocolIsNotFollowed() {
        FrameWatch other = new FrameWatch();
        other.see(ByteBuffer.wrap("PRI / HTTP/1.1\r\nHost: h\r\n".getBytes(StandardCharsets.US_ASCII)), 1);
        assertThat(other.isLate(1_000, 100)).isFalse();
    }
}
