package hansa.kernel.http;

import org.eclipse.jetty.server.Request;

/** A request whose method comes after the {@code 0} with which clients of the Grid Security Infrastructure begin. */
final class GsiRequest extends Request.Wrapper {

    private static final String NO_DELEGATION = "0";

    private GsiRequest(Request request) {
        super(request);
    }

    /** As it is where it does not begin with a {@code 0}. */
    static Request of(Request request) {
        return request.getMethod().startsWith(NO_DELEGATION) ? new GsiRequest(request) : request;
    }

    @Override
    public String getMethod() {
        return super.getMethod().substring(NO_DELEGATION.length());
    }
}
