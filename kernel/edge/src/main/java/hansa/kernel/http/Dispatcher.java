package hansa.kernel.http;

import java.util.Map;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** The only handler of the server: gives each request to what its listener shows. */
final class Dispatcher extends Handler.Abstract {

    private final Gate gate;
    private final Limits limits;
    private final Clients clients;
    private final Connections connections;
    private final Map<Connector, Site> sites;
    private final RequestIds ids = new RequestIds();

    Dispatcher(Gate gate, Limits limits, Clients clients, Connections connections, Map<Connector, Site> sites) {
        this.gate = gate;
        this.limits = limits;
        this.clients = clients;
        this.connections = connections;
        this.sites = sites;
    }

    @Override
    public boolean handle(
            org.eclipse.jetty.server.Request request, org.eclipse.jetty.server.Response response, Callback callback) {
        exchange(request, response, callback).run();
        return true;
    }

    /** Takes the place of the library's error pages. */
    boolean refuse(
            org.eclipse.jetty.server.Request request, org.eclipse.jetty.server.Response response, Callback callback) {
        int status = request.getAttribute(ErrorHandler.ERROR_STATUS) instanceof Integer known ? known : 400;
        exchange(request, response, callback).runRefused(status, why(status, request));
        return true;
    }

    private String why(int status, org.eclipse.jetty.server.Request request) {
        return switch (status) {
            case 414, 431 -> "The request's header is larger than " + limits.requestHeader() + " bytes; send less.";
            case 505 -> "Only HTTP/1.0, HTTP/1.1 and HTTP/2 are spoken here.";
            default ->
                "The request is not HTTP as it should be"
                        + (request.getAttribute(ErrorHandler.ERROR_MESSAGE) instanceof String why
                                ? ": " + why + "."
                                : "; mend the client.");
        };
    }

    private Exchange exchange(
            org.eclipse.jetty.server.Request request, org.eclipse.jetty.server.Response response, Callback callback) {
        Connector connector = request.getConnectionMetaData().getConnector();
        Site site = sites.get(connector);
        if (site == null) {
            throw new IllegalStateException("No faces for " + connector);
        }
        String inbound = request.getHeaders().get("X-Request-Id");
        return new Exchange(
                gate,
                site,
                limits,
                clients,
                connections,
                ids.idFor(inbound == null ? "" : inbound),
                request,
                response,
                callback);
    }
}
