package hansa.faces.keystone;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Request;
import hansa.protocols.keystone.KeystoneSyntaxException;

/** Reads bodies, whatever type the client calls them. */
final class Bodies {

    static final long LARGEST = 64 * 1024;

    private Bodies() {}

    @FunctionalInterface
    interface Reading<T> {
        T read(byte[] body) throws KeystoneSyntaxException;
    }

    static <T> T read(Request request, Reading<T> reading) {
        try {
            return reading.read(request.body());
        } catch (KeystoneSyntaxException e) {
            throw new Failure(ErrorCode.REQUEST_MALFORMED, String.valueOf(e.getMessage()), e);
        }
    }
}
