package hansa.trust.x509;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hansa.protocols.voms.AttributeCertificate;
import hansa.protocols.voms.SignedAttributeCertificate;
import hansa.trust.Evidence;
import hansa.trust.Rejected;
import hansa.trust.Rejected.Reason;
import hansa.trust.kit.AnchorFolder;
import hansa.trust.kit.Credential;
import hansa.trust.kit.Order;
import hansa.trust.kit.Proxies;
import hansa.trust.kit.VomsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An authority with a user and a VOMS server, and folders that trust them. */
final class Grid {

    static final String SITE = "site.example.org";

    final Path folder;
    final AnchorFolder anchors;
    final Path vomsDirectory;
    final Credential authority =
            Order.authority("/O=Grid/CN=Authority").valid(yearAgo(), inYears(5)).selfSigned();
    final Credential user = Order.endEntity("/O=Grid/OU=People/CN=Ada Lovelace").signedBy(authority);
    final VomsServer voms;

    Grid(Path folder) throws IOException {
        this.folder = folder;
        this.anchors = new AnchorFolder(Files.createDirectories(folder.resolve("anchors"))).trust(authority);
        this.vomsDirectory = Files.createDirectories(folder.resolve("vomsdir"));
        this.voms = new VomsServer(
                        Order.endEntity("/O=Grid/OU=Hosts/CN=voms.example.org").signedBy(authority),
                        "testvo",
                        "voms.example.org")
                .trustedBy(vomsDirectory);
    }

    static Instant yearAgo() {
        return Instant.now().minus(Duration.ofDays(365));
    }

    static Instant inYears(int years) {
        return Instant.now().plus(Duration.ofDays(365L * years));
    }

    static Instant inHours(int hours) {
        return Instant.now().plus(Duration.ofHours(hours));
    }

    X509Settings settings() {
        return new X509Settings(anchors.path(), Optional.of(vomsDirectory), false, false, Duration.ZERO, Set.of(SITE));
    }

    X509Settings takingLimited() {
        return new X509Settings(anchors.path(), Optional.of(vomsDirectory), true, false, Duration.ZERO, Set.of(SITE));
    }

    X509Settings requiringLists() {
        return new X509Settings(anchors.path(), Optional.of(vomsDirectory), false, true, Duration.ZERO, Set.of(SITE));
    }

    Credential member(String... fqans) {
        return carrying(voms.sign(voms.says(user.certificate(), fqans)));
    }

    Credential carrying(SignedAttributeCertificate... certificates) {
        return Proxies.carrying(user, List.of(certificates)).signedBy(user);
    }

    Credential saying(AttributeCertificate content) {
        return carrying(voms.sign(content));
    }

    Evidence accepted(Credential credential) throws Exception {
        return new X509Verifier(settings(), Clock.systemUTC()).verify(credential.chain());
    }

    Reason refused(Credential credential) throws IOException {
        return refused(settings(), credential.chain());
    }

    Reason refused(X509Settings settings, List<X509Certificate> chain) throws IOException {
        X509Verifier verifier = new X509Verifier(settings, Clock.systemUTC());
        Rejected rejected = catchThrowableOfType(Rejected.class, () -> verifier.verify(chain));
        if (rejected == null) {
            throw new AssertionError("It was accepted");
        }
        if (rejected.getMessage() == null || rejected.getMessage().contains("\n")) {
            throw new AssertionError("Not one line: " + rejected.getMessage());
        }
        return rejected.reason();
    }
}
