package hansa.kernel.http;

import hansa.kernel.tls.TlsContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows faces on listeners. HTTP/1.1 everywhere, HTTP/2 beside it where there is TLS. Each request runs on a virtual
 * thread of its own. Safe for use by several threads.
 *
 * {@snippet :
 * try (HttpServer server = HttpServer.builder()
 *         .listener(URI.create("http://127.0.0.1:0"), List.of(new Mount("/occi", face)))
 *         .start()) {
 *     URI here = server.uris().getFirst();
 * }
 * }
 */
public final class HttpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private final Server server;
    private final Gate gate;
    private final Limits limits;
    private final Connections connections;
    private final List<URI> uris;
    private final AtomicBoolean closed = new AtomicBoolean();

    private HttpServer(Server server, Gate gate, Limits limits, Connections connections, List<URI> uris) {
        this.server = server;
        this.gate = gate;
        this.limits = limits;
        this.connections = connections;
        this.uris = uris;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Where it listens, in the order in which the listeners were given, with the ports that were really taken. */
    public List<URI> uris() {
        return uris;
    }

    /** The port of the first listener. */
    public int port() {
        return uris.getFirst().getPort();
    }

    /** Refuses new requests with 503, lets the running ones finish within the limit, then closes all connections. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            if (!gate.close(limits.drain())) {
                LOG.warn(
                        "{} requests were still running {} s after the stop; their connections are cut",
                        gate.inWork(),
                        limits.drain().toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            LifeCycle.stop(server);
            connections.close();
        }
    }

    /** @param gsi for clients that speak as those of the Grid Security Infrastructure do */
    private record Listener(URI uri, Optional<TlsContext> tls, boolean gsi, List<Mount> mounts) {}

    /** Collects what a server shows and where. Used by one thread. */
    public static final class Builder {

        private final List<Listener> listeners = new ArrayList<>();
        private Limits limits = Limits.defaults();
        private MeterRegistry metrics = new CompositeMeterRegistry();

        private Set<String> hosts = Set.of();
        private boolean clientCertificates;

        private Builder() {}

        /**
         * Answers only requests that are addressed to one of these hosts, others with 421. A page on the Web can make its
         * own name point to this address and then act with whatever its reader may do here; it cannot lie about the name.
         *
         * @param names host names and addresses, IPv6 ones in brackets, without ports
         */
        public Builder onlyFor(Set<String> names) {
            this.hosts =
                    names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
            return this;
        }

        /**
         * Listens without TLS.
         *
         * @param listen {@code http://host:port}; port 0 takes a free one
         */
        public Builder listener(URI listen, List<Mount> mounts) {
            listeners.add(new Listener(checked(listen, "http"), Optional.empty(), false, List.copyOf(mounts)));
            return this;
        }

        /**
         * Listens with TLS 1.2 and 1.3, HTTP/1.1 and HTTP/2.
         *
         * @param listen {@code https://host:port}; port 0 takes a free one
         */
        public Builder listener(URI listen, TlsContext tls, List<Mount> mounts) {
            listeners.add(new Listener(checked(listen, "https"), Optional.of(tls), false, List.copyOf(mounts)));
            return this;
        }

        /**
         * Listens with TLS for clients of the Grid Security Infrastructure too. Theirs is HTTP/1.0 with bare line feeds, and
         * behind the handshake comes a {@code 0}, which once meant that no credential is delegated.
         *
         * @param listen {@code https://host:port}; port 0 takes a free one
         */
        public Builder gsiListener(URI listen, TlsContext tls, List<Mount> mounts) {
            listeners.add(new Listener(checked(listen, "https"), Optional.of(tls), true, List.copyOf(mounts)));
            return this;
        }

        public Builder limits(Limits borne) {
            this.limits = borne;
            return this;
        }

        /**
         * Asks clients for a certificate wherever there is TLS; those without one are served too. Whatever they show comes
         * with the request and is not trusted, see {@link Request#clientChain}.
         */
        public Builder askForCertificates(boolean ask) {
            this.clientCertificates = ask;
            return this;
        }

        /** Where requests are counted; nowhere unless given. */
        public Builder metrics(MeterRegistry registry) {
            this.metrics = registry;
            return this;
        }

        /**
         * Opens all listeners.
         *
         * @throws IOException if an address cannot be listened on; then none is
         * @throws IllegalArgumentException if a table holds a route twice or a path that makes no sense
         */
        public HttpServer start() throws IOException {
            if (listeners.isEmpty()) {
                throw new IllegalArgumentException("A server needs a listener");
            }
            Gate gate = new Gate(limits.requests());
            RequestMetrics requestMetrics = new RequestMetrics(metrics, gate);
            LimitMetrics limitMetrics = new LimitMetrics(metrics);
            Connections connections = new Connections(limits, limitMetrics);
            Server server = new Server(threads());
            Connectors connectors = new Connectors(server, limits, clientCertificates);
            Map<Connector, Site> sites = new HashMap<>();
            List<ServerConnector> opened = new ArrayList<>();
            for (Listener listener : listeners) {
                ServerConnector connector = connectors.connector(listener.uri(), listener.tls(), listener.gsi());
                connector.addBean(connections);
                sites.put(connector, new Site(listener.uri().getScheme(), hosts, listener.mounts(), requestMetrics));
                server.addConnector(connector);
                opened.add(connector);
            }
            server.addBean(new NetworkConnectionLimit(limits.connections(), server));
            Dispatcher dispatcher =
                    new Dispatcher(gate, limits, new Clients(limits.clients(), limitMetrics), connections, sites);
            server.setHandler(dispatcher);
            server.setErrorHandler(dispatcher::refuse);
            open(server, opened);
            connections.start();
            List<URI> uris = new ArrayList<>();
            for (int i = 0; i < opened.size(); i++) {
                uris.add(withPort(listeners.get(i).uri(), opened.get(i).getLocalPort()));
            }
            return new HttpServer(server, gate, limits, connections, List.copyOf(uris));
        }

        /**
         * Twice the requests that may be in work and some for the selectors: the requests above the limit need threads
         * too, to be told so.
         */
        private VirtualThreadPool threads() {
            VirtualThreadPool threads = new VirtualThreadPool(2 * limits.requests() + 64);
            threads.setName("http");
            return threads;
        }

        private void open(Server server, List<ServerConnector> connectors) throws IOException {
            try {
                for (int i = 0; i < connectors.size(); i++) {
                    openSocket(connectors.get(i), listeners.get(i).uri());
                }
                LifeCycle.start(server);
            } catch (IOException | RuntimeException e) {
                connectors.forEach(ServerConnector::close);
                LifeCycle.stop(server);
                throw e;
            }
        }

        private static void openSocket(ServerConnector connector, URI uri) throws IOException {
            try {
                connector.open();
            } catch (IOException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                throw new IOException(
                        "Cannot listen on " + uri + ": " + cause.getMessage()
                                + "; stop what listens there or choose another address.",
                        e);
            }
        }

        private static URI withPort(URI uri, int port) {
            return URI.create(uri.getScheme() + "://" + uri.getHost() + ":" + port);
        }

        private static URI checked(URI uri, String scheme) {
            if (!scheme.equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 0) {
                throw new IllegalArgumentException("A listener is given as " + scheme + "://host:port, not as " + uri);
            }
            return uri;
        }
    }
}
