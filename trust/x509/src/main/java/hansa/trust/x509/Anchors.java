package hansa.trust.x509;

import eu.emi.security.authn.x509.helpers.trust.OpensslTruststoreHelper;
import eu.emi.security.authn.x509.helpers.trust.TrustAnchorExt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was read of a folder of trust anchors: certificates under either of their hash names, revocation lists, and which
 * names each may issue for. Immutable; thread-safe.
 */
final class Anchors {

    private static final Logger LOG = LoggerFactory.getLogger(Anchors.class);
    private static final Pattern CERTIFICATE = Pattern.compile("[0-9a-fA-F]{8}\\.[0-9]");
    private static final Pattern LIST = Pattern.compile("[0-9a-fA-F]{8}\\.r[0-9]");
    private static final long LARGEST = 64L << 20;

    private final Map<X500Principal, Set<TrustAnchor>> anchors = new HashMap<>();
    private final Map<X500Principal, List<X509CRL>> lists = new HashMap<>();
    private final Set<X500Principal> unreadable = new HashSet<>();
    private final Namespaces namespaces;

    private Anchors(Path folder) throws IOException {
        List<Path> certificates = new ArrayList<>();
        Map<String, X500Principal> byHash = new HashMap<>();
        CertificateFactory factory = factory();
        for (Path file : files(folder, CERTIFICATE)) {
            certificate(file, factory, byHash, certificates);
        }
        for (Path file : files(folder, LIST)) {
            list(file, factory, byHash);
        }
        this.namespaces = new Namespaces(certificates);
        LOG.info(
                "{} authorities are trusted, {} of them with revocation lists, after {}",
                anchors.size(),
                lists.size(),
                folder);
    }

    static Anchors read(Path folder) throws IOException {
        return new Anchors(folder);
    }

    private static CertificateFactory factory() {
        try {
            return CertificateFactory.getInstance("X.509");
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> files(Path folder, Pattern names) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> names.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    private void certificate(
            Path file, CertificateFactory factory, Map<String, X500Principal> byHash, List<Path> certificates)
            throws IOException {
        try {
            X509Certificate certificate =
                    (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes(file)));
            X500Principal subject = certificate.getSubjectX500Principal();
            String hash = hash(file);
            if (!hash.equalsIgnoreCase(OpensslTruststoreHelper.getOpenSSLCAHash(subject, true))
                    && !hash.equalsIgnoreCase(OpensslTruststoreHelper.getOpenSSLCAHash(subject, false))) {
                LOG.warn("{} is not named after the certificate in it and is left out", file);
                return;
            }
            anchors.computeIfAbsent(subject, _ -> new LinkedHashSet<>()).add(new TrustAnchorExt(certificate, null));
            byHash.put(hash, subject);
            certificates.add(file);
        } catch (CertificateException e) {
            LOG.warn("{} holds no certificate and is left out: {}", file, e.getMessage());
        }
    }

    private void list(Path file, CertificateFactory factory, Map<String, X500Principal> byHash) throws IOException {
        try {
            X509CRL list = (X509CRL) factory.generateCRL(new ByteArrayInputStream(bytes(file)));
            X500Principal issuer = list.getIssuerX500Principal();
            List<X509CRL> known = lists.computeIfAbsent(issuer, _ -> new ArrayList<>());
            if (!known.contains(list)) {
                known.add(list);
            }
        } catch (CRLException e) {
            LOG.error("{} holds no revocation list, so its authority is not trusted: {}", file, e.getMessage());
            X500Principal authority = byHash.get(hash(file));
            if (authority != null) {
                unreadable.add(authority);
            }
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " has more than " + LARGEST + " bytes");
        }
        return Files.readAllBytes(file);
    }

    private static String hash(Path file) {
        return file.getFileName().toString().substring(0, 8);
    }

    Namespaces namespaces() {
        return namespaces;
    }

    /** Those that could stand above the chain. */
    Set<TrustAnchor> above(List<X509Certificate> chain) {
        Set<TrustAnchor> found = new HashSet<>();
        Set<X500Principal> seen = new HashSet<>();
        Queue<X500Principal> names = new ArrayDeque<>();
        for (X509Certificate certificate : chain) {
            names.add(certificate.getIssuerX500Principal());
        }
        while (!names.isEmpty()) {
            X500Principal name = names.remove();
            if (seen.add(name)) {
                for (TrustAnchor anchor : anchors.getOrDefault(name, Set.of())) {
                    found.add(anchor);
                    names.add(anchor.getTrustedCert().getIssuerX500Principal());
                }
            }
        }
        return found;
    }

    /** The revocation lists of these authorities. */
    CertStore revocations(Set<X500Principal> authorities) {
        Collection<X509CRL> found = new ArrayList<>();
        for (X500Principal authority : authorities) {
            found.addAll(lists.getOrDefault(authority, List.of()));
        }
        try {
            return CertStore.getInstance("Collection", new CollectionCertStoreParameters(found));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether an authority has a revocation list, but none that says how things are now. */
    boolean isOutdated(X500Principal authority, Instant now) {
        List<X509CRL> known = lists.getOrDefault(authority, List.of());
        return unreadable.contains(authority)
                || !known.isEmpty() && known.stream().noneMatch(list -> isCurrent(list, now));
    }

    private static boolean isCurrent(X509CRL list, Instant now) {
        return list.getNextUpdate() != null && now.isBefore(list.getNextUpdate().toInstant());
    }
}
