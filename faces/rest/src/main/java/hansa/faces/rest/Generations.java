package hansa.faces.rest;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import java.util.OptionalLong;

/** Generations of resources as entity tags (RFC 9110 §8.8.3, §13.1). */
final class Generations {

    private Generations() {}

    static String tag(long generation) {
        return "\"" + generation + "\"";
    }

    static Response tagged(Response response, long generation) {
        return response.with("ETag", tag(generation));
    }

    /**
     * The generation that the request demands; empty when it demands none, or any.
     *
     * @throws Failure {@code request.malformed}
     */
    static OptionalLong demanded(Request request) {
        String given = request.header("If-Match").map(String::strip).orElse("*");
        if (given.equals("*")) {
            return OptionalLong.empty();
        }
        if (!given.matches("\"\\d{1,18}\"")) {
            throw new Failure(
                    ErrorCode.REQUEST_MALFORMED,
                    "If-Match must be the ETag of an earlier answer or *, not " + Wire.printable(given) + ".");
        }
        return OptionalLong.of(Long.parseLong(given.substring(1, given.length() - 1)));
    }

    /** @throws Failure {@code resource.changed} when the request demands another generation than there is */
    static void check(Request request, String what, long generation) {
        OptionalLong demanded = demanded(request);
        if (demanded.isPresent() && demanded.getAsLong() != generation) {
            throw new Failure(
                    ErrorCode.RESOURCE_CHANGED,
                    what + " changed in the meantime: it is of generation " + generation + ", not "
                            + demanded.getAsLong() + "; read it again.");
        }
    }

    /** Whether the client already has this generation and need not get it again. */
    static boolean known(Request request, long generation) {
        return request.header("If-None-Match").map(String::strip).orElse("").equals(tag(generation));
    }
}
