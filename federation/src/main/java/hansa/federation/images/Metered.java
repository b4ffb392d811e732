package hansa.federation.images;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Content that nobody announced the length of, up to what a quota leaves. For one thread. */
final class Metered extends FilterInputStream {

    private long left;

    Metered(InputStream in, long left) {
        super(in);
        this.left = left;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        if (next >= 0) {
            count(1);
        }
        return next;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int got = super.read(buffer, from, length);
        if (got > 0) {
            count(got);
        }
        return got;
    }

    private void count(int bytes) {
        left -= bytes;
        if (left < 0) {
            throw new Failure(
                    ErrorCode.QUOTA_EXCEEDED,
                    "The image is larger than what its owner's quota, or that of the virtual organisation it is for, leaves."
                            + " Delete images, or ask an operator for more.");
        }
    }
}
