package hansa.kernel.http;

import hansa.kernel.tls.TlsContext;
import java.net.URI;
import java.util.Optional;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Makes the library's connectors, all its switches in one place. */
final class Connectors {

    private static final int STREAMS_PER_CONNECTION = 100;

    private static final HttpCompliance GSI_LINES =
            HttpCompliance.RFC9110.with("GSI", HttpCompliance.Violation.LF_HEADER_TERMINATION);

    private final Server server;
    private final Limits limits;
    private final boolean clientCertificates;

    Connectors(Server server, Limits limits, boolean clientCertificates) {
        this.server = server;
        this.limits = limits;
        this.clientCertificates = clientCertificates;
    }

    ServerConnector connector(URI uri, Optional<TlsContext> tls, boolean gsi) {
        // No acceptor and one selector: on virtual threads more of them only wait for each other.
        ServerConnector connector = tls.isPresent()
                ? new ServerConnector(server, 0, 1, secured(tls.get(), gsi))
                : new ServerConnector(server, 0, 1, new HttpConnectionFactory(configuration()));
        connector.setHost(bare(uri.getHost()));
        connector.setPort(uri.getPort());
        connector.setIdleTimeout(limits.idle().toMillis());
        return connector;
    }

    private ConnectionFactory[] secured(TlsContext tls, boolean gsi) {
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setSslContext(tls.ssl());
        ssl.setWantClientAuth(clientCertificates);
        ssl.setIncludeProtocols("TLSv1.2", "TLSv1.3");
        HttpConfiguration configuration = configuration();
        // The library would add its own, which refuses a Host that differs from the name in the handshake, as proxies
        // send it.
        configuration.addCustomizer(new SecureRequestCustomizer(false));
        if (gsi) {
            configuration.setHttpCompliance(GSI_LINES);
            configuration.addCustomizer((request, _) -> GsiRequest.of(request));
        }
        HttpConnectionFactory http1 = new HttpConnectionFactory(configuration);
        HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(configuration);
        http2.setMaxConcurrentStreams(STREAMS_PER_CONNECTION);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(http1.getProtocol());
        return new ConnectionFactory[] {new WatchedTls(ssl, alpn.getProtocol()), alpn, http2, http1};
    }

    private HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(limits.requestHeader());
        configuration.setMaxResponseHeaderSize(limits.responseHeader());
        // The route table reads paths itself and refuses more than the library would, in the face's own words.
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        configuration.setIdleTimeout(limits.idle().toMillis());
        return configuration;
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
