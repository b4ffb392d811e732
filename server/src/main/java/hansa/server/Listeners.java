package hansa.server;

import hansa.kernel.config.Configuration;
import hansa.kernel.config.ConfigurationException;
import hansa.kernel.http.Allowance;
import hansa.kernel.http.ClientLimits;
import hansa.kernel.http.HttpServer;
import hansa.kernel.http.Limits;
import hansa.kernel.http.Mount;
import hansa.kernel.tls.CertificateAuthority;
import hansa.kernel.tls.CertificateFiles;
import hansa.kernel.tls.Certificates;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Opens the configured listeners and knows how they are reached. */
final class Listeners {

    private final Configuration wanted;
    private final DataFolder data;
    private final Clock clock;
    private final Closing closing;

    Listeners(Configuration wanted, DataFolder data, Clock clock, Closing closing) {
        this.wanted = wanted;
        this.data = data;
        this.clock = clock;
        this.closing = closing;
    }

    /**
     * @param main what the main listener shows
     * @param occi what the listener for OCCI alone shows
     * @param voms what the listener for VOMS clients alone shows
     */
    HttpServer start(List<Mount> main, List<Mount> occi, List<Mount> voms, Optional<OwnVoms> own, MeterRegistry meters)
            throws IOException, StartFailure, ConfigurationException {
        HttpServer.Builder builder = HttpServer.builder()
                .limits(limits())
                .metrics(meters)
                .askForCertificates(wanted.identity().x509().isPresent()
                        || !wanted.identity().saml().isEmpty());
        if (wanted.identity().open()) {
            builder.onlyFor(ownHosts());
        }
        Optional<Certificates> certificates = certificates();
        listen(builder, wanted.listen().main(), certificates, main);
        if (wanted.listen().occi().isPresent()) {
            listen(builder, wanted.listen().occi().get(), certificates, occi);
        }
        if (own.flatMap(OwnVoms::listener).isPresent()) {
            CertificateFiles shown = own.get().certificates();
            closing.add("VOMS certificate watch", new CertificateWatch(shown));
            builder.gsiListener(own.get().listener().get(), shown.context(), voms);
        }
        HttpServer server = builder.start();
        own.ifPresent(there -> there.isAt((there.listener().isPresent()
                        ? server.uris().getLast()
                        : server.uris().getFirst())
                .getPort()));
        return server;
    }

    private static void listen(
            HttpServer.Builder builder, URI uri, Optional<Certificates> certificates, List<Mount> mounts) {
        if (uri.getScheme().equals("https")) {
            builder.listener(uri, certificates.orElseThrow().context(), mounts);
        } else {
            builder.listener(uri, mounts);
        }
    }

    private Limits limits() throws ConfigurationException {
        Configuration.RequestLimits limits = wanted.limits();
        return Limits.defaults()
                .withRequestHeader(limits.header())
                .withConnections(limits.connections())
                .withRequests(limits.requests())
                .withIdle(limits.idle())
                .withBodyRate(limits.slowest(), Limits.defaults().bodyGrace())
                .withDrain(limits.drain())
                .withClients(clients(limits));
    }

    private ClientLimits clients(Configuration.RequestLimits limits) throws ConfigurationException {
        Configuration.ClientLimits client = limits.client();
        return new ClientLimits(
                new Allowance(client.addressRate(), client.addressRequests()),
                client.addressConnections(),
                new Allowance(client.callerRate(), client.callerRequests()),
                limits.head(),
                Settings.exempt(wanted));
    }

    private Optional<Certificates> certificates() throws IOException, StartFailure {
        boolean secured = wanted.listen().main().getScheme().equals("https")
                || wanted.listen()
                        .occi()
                        .filter(uri -> uri.getScheme().equals("https"))
                        .isPresent();
        if (!secured) {
            return Optional.empty();
        }
        Certificates certificates = wanted.tls().isPresent()
                ? CertificateFiles.open(
                        wanted.tls().get().certificate(), wanted.tls().get().key())
                : CertificateAuthority.open(data.path("tls"), names(), clock);
        closing.add("certificate watch", new CertificateWatch(certificates));
        return Optional.of(certificates);
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>(wanted.listen().names());
        names.add(bare(wanted.listen().main().getHost()));
        wanted.listen().occi().ifPresent(uri -> names.add(bare(uri.getHost())));
        names.removeIf(Listeners::isWildcard);
        return names;
    }

    private Set<String> ownHosts() {
        Set<String> hosts = new TreeSet<>(wanted.listen().names());
        hosts.addAll(List.of(
                "localhost", "127.0.0.1", "[::1]", wanted.listen().main().getHost()));
        wanted.listen().occi().ifPresent(uri -> hosts.add(uri.getHost()));
        return hosts;
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean isWildcard(String host) {
        try {
            return InetAddress.ofLiteral(host).isAnyLocalAddress();
        } catch (IllegalArgumentException aName) {
            return false;
        }
    }

    /** What {@code endpoints.json} says: addresses that work from this host. */
    String endpoints(HttpServer server) {
        URI main = reachable(server.uris().getFirst());
        String occi = wanted.listen().occi().isPresent()
                ? reachable(server.uris().get(1)).toString()
                : main + "/occi";
        return "{\"main\": \"%s\", \"occi\": \"%s\", \"pid\": %d}\n"
                .formatted(main, occi, ProcessHandle.current().pid());
    }

    private static URI reachable(URI uri) {
        String host = bare(uri.getHost());
        if (!isWildcard(host)) {
            return uri;
        }
        String loopback = host.indexOf(':') >= 0 ? "[::1]" : "127.0.0.1";
        return URI.create(uri.getScheme() + "://" + loopback + ":" + uri.getPort());
    }
}
