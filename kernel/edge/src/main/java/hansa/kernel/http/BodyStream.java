package hansa.kernel.http;

import hansa.kernel.base.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import java.util.function.Supplier;

/** A body that is read as it comes in, within the limits of its route. For one thread. */
final class BodyStream extends InputStream {

    /** Refuses what comes too slowly. */
    @FunctionalInterface
    interface RateCheck {
        void check(long bytes, long nanos);
    }

    private final Incoming incoming;
    private final long most;
    private final RateCheck rate;
    private final Function<IOException, Failure> unreadable;
    private final Supplier<Failure> tooLarge;
    private final long began = System.nanoTime();
    private long taken;

    BodyStream(
            Incoming incoming,
            long most,
            RateCheck rate,
            Function<IOException, Failure> unreadable,
            Supplier<Failure> tooLarge) {
        this.incoming = incoming;
        this.most = most;
        this.rate = rate;
        this.unreadable = unreadable;
        this.tooLarge = tooLarge;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        int count;
        try {
            count = incoming.read(to, offset, length);
        } catch (IOException e) {
            throw unreadable.apply(e);
        }
        if (count > 0) {
            taken += count;
            if (taken > most) {
                throw tooLarge.get();
            }
            rate.check(taken, System.nanoTime() - began);
        }
        return count;
    }
}
