package hansa.faces.rest;

import hansa.federation.caller.Caller;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import java.util.Optional;

/** The words that routes are declared with. */
final class Routes {

    private static final long NO_BODY = 0;
    private static final long SMALL = 64 * 1024;

    private Routes() {}

    /** Answers somebody who proved who they are. */
    @FunctionalInterface
    interface Known {
        Response handle(Request request, Caller caller);
    }

    /** Answers whoever asks. */
    @FunctionalInterface
    interface Open {
        Response handle(Request request);
    }

    static Route<Rule, Optional<Caller>> anyone(Method method, String path, Open handler) {
        return new Route<>(method, path, Rule.ANYONE, NO_BODY, (request, _) -> handler.handle(request));
    }

    static Route<Rule, Optional<Caller>> anyone(Method method, String path, long maxBody, Open handler) {
        return new Route<>(method, path, Rule.ANYONE, maxBody, (request, _) -> handler.handle(request));
    }

    static Route<Rule, Optional<Caller>> caller(Method method, String path, Known handler) {
        return new Route<>(method, path, Rule.CALLER, limit(method), known(handler));
    }

    static Route<Rule, Optional<Caller>> caller(Method method, String path, long maxBody, Known handler) {
        return new Route<>(method, path, Rule.CALLER, maxBody, known(handler));
    }

    private static long limit(Method method) {
        return switch (method) {
            case GET, DELETE -> NO_BODY;
            case POST, PUT, PATCH -> SMALL;
        };
    }

    private static Route.Handler<Optional<Caller>> known(Known handler) {
        return (request, caller) -> handler.handle(
                request,
                caller.orElseThrow(
                        () -> new Failure(ErrorCode.IDENTITY_REQUIRED, ErrorCode.IDENTITY_REQUIRED.meaning())));
    }

    /** The absolute path of something below the face. */
    static String path(Request request, String... segments) {
        StringBuilder path = new StringBuilder(request.mount());
        for (String segment : segments) {
            path.append('/').append(Listing.encode(segment));
        }
        return path.toString();
    }
}
