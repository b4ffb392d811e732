package hansa.server;

import hansa.kernel.config.Configuration;
import hansa.kernel.config.ConfigurationException;
import hansa.trust.ChainVerifier;
import hansa.trust.x509.X509Settings;
import hansa.trust.x509.X509Verifier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which certificates of clients are taken, as it was configured. */
final class ClientCertificates {

    private final Configuration wanted;
    private final Clock clock;

    ClientCertificates(Configuration wanted, Clock clock) {
        this.wanted = wanted;
        this.clock = clock;
    }

    /** None where none are asked for, so that nothing of what reads them is loaded. */
    Optional<ChainVerifier> verifier() throws ConfigurationException {
        if (wanted.identity().x509().isEmpty()) {
            return Optional.empty();
        }
        Configuration.X509 x509 = wanted.identity().x509().get();
        boolean takeLimited = switch (x509.limited()) {
            case REFUSE -> false;
            case ACCEPT -> true;
        };
        boolean requireLists = switch (x509.revocationLists()) {
            case OPTIONAL -> false;
            case REQUIRED -> true;
        };
        try {
            return Optional.of(new X509Verifier(
                    new X509Settings(
                            x509.anchors(), x509.vomsdir(), takeLimited, requireLists, x509.refresh(), names()),
                    clock));
        } catch (NoSuchFileException e) {
            throw new ConfigurationException("\"identity.x509\": there is no folder " + e.getFile(), e);
        } catch (IOException e) {
            throw new ConfigurationException("\"identity.x509\": a folder cannot be read: " + e.getMessage(), e);
        }
    }

    private Set<String> names() {
        Set<String> names = new HashSet<>(wanted.listen().names());
        names.add(wanted.listen().main().getHost());
        wanted.listen().occi().map(URI::getHost).ifPresent(names::add);
        wanted.site().url().map(URI::getHost).ifPresent(names::add);
        return names;
    }
}
