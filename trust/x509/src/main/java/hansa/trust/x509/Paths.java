package hansa.trust.x509;

import eu.emi.security.authn.x509.CrlCheckingMode;
import eu.emi.security.authn.x509.OCSPCheckingMode;
import eu.emi.security.authn.x509.OCSPParametes;
import eu.emi.security.authn.x509.RevocationParameters;
import eu.emi.security.authn.x509.ValidationError;
import eu.emi.security.authn.x509.ValidationResult;
import eu.emi.security.authn.x509.helpers.ObserversHandler;
import eu.emi.security.authn.x509.helpers.pkipath.BCCertPathValidator;
import eu.emi.security.authn.x509.impl.CertificateUtils;
import hansa.protocols.voms.SlashName;
import hansa.trust.Rejected;
import hansa.trust.Rejected.Reason;
import java.security.cert.CertificateException;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/** Follows chains up to trust anchors, by canl's validator. Thread-safe. */
final class Paths {

    /** How far clocks may be apart. */
    static final Duration SKEW = Duration.ofMinutes(5);

    private final Refreshed<Anchors> anchors;
    private final boolean requireRevocationLists;
    private final Clock clock;
    private final ObserversHandler nobody = new ObserversHandler();

    Paths(Refreshed<Anchors> anchors, boolean requireRevocationLists, Clock clock) {
        CertificateUtils.configureSecProvider();
        this.anchors = anchors;
        this.requireRevocationLists = requireRevocationLists;
        this.clock = clock;
    }

    /**
     * @param chain the end of the path first
     * @param proxies whether it may begin with proxies
     * @return when the first certificate of the path ends
     */
    Instant verify(List<X509Certificate> chain, boolean proxies) throws Rejected {
        for (X509Certificate certificate : chain) {
            Algorithms.check(certificate);
        }
        Anchors known = anchors.get();
        Set<TrustAnchor> above = known.above(chain);
        if (above.isEmpty()) {
            throw new Rejected(
                    Reason.UNTRUSTED,
                    "nobody above " + SlashName.of(chain.getLast().getSubjectX500Principal()) + " is trusted");
        }
        List<X509Certificate> path = follow(chain, proxies, known, above);
        Instant expires = times(path);
        for (X500Principal authority : authorities(path)) {
            if (known.isOutdated(authority, clock.instant())) {
                throw new Rejected(
                        Reason.UNCHECKED, "the revocation list of " + SlashName.of(authority) + " is outdated");
            }
        }
        return expires;
    }

    private List<X509Certificate> follow(
            List<X509Certificate> chain, boolean proxies, Anchors known, Set<TrustAnchor> above) throws Rejected {
        Set<X500Principal> issuers = authorities(chain);
        for (TrustAnchor anchor : above) {
            issuers.add(anchor.getTrustedCert().getSubjectX500Principal());
        }
        try {
            ValidationResult result = new BCCertPathValidator()
                    .validate(
                            chain.toArray(X509Certificate[]::new),
                            proxies,
                            above,
                            known.revocations(issuers),
                            new RevocationParameters(
                                    requireRevocationLists ? CrlCheckingMode.REQUIRE : CrlCheckingMode.IF_VALID,
                                    new OCSPParametes(OCSPCheckingMode.IGNORE)),
                            nobody);
            if (!result.isValid()) {
                throw Reasons.rejected(result.getErrors());
            }
            List<X509Certificate> path = result.getValidChain();
            List<ValidationError> names = known.namespaces().check(path);
            if (!names.isEmpty()) {
                throw Reasons.rejected(names);
            }
            return path;
        } catch (CertificateException | RuntimeException e) {
            // canl and the library below it tell of malformed input by unchecked exceptions of many kinds
            throw new Rejected(Reason.MALFORMED, "the chain cannot be followed: " + e, e);
        }
    }

    /** The validator itself lets proxies live on for minutes. */
    private Instant times(List<X509Certificate> path) throws Rejected {
        Instant now = clock.instant();
        Instant first = Instant.MAX;
        for (X509Certificate certificate : path) {
            Instant ends = certificate.getNotAfter().toInstant();
            if (ends.isBefore(now)) {
                throw new Rejected(
                        Reason.EXPIRED, SlashName.of(certificate.getSubjectX500Principal()) + " ended at " + ends);
            }
            Instant begins = certificate.getNotBefore().toInstant();
            if (begins.isAfter(now.plus(SKEW))) {
                throw new Rejected(
                        Reason.NOT_YET_VALID,
                        SlashName.of(certificate.getSubjectX500Principal()) + " begins at " + begins);
            }
            first = ends.isBefore(first) ? ends : first;
        }
        return first;
    }

    private static Set<X500Principal> authorities(List<X509Certificate> path) {
        Set<X500Principal> names = new HashSet<>();
        for (X509Certificate certificate : path) {
            names.add(certificate.getIssuerX500Principal());
        }
        return names;
    }
}
