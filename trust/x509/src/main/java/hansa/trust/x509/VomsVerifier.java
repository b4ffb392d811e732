package hansa.trust.x509;

import hansa.protocols.voms.AttributeCertificate;
import hansa.protocols.voms.Fqan;
import hansa.protocols.voms.Lsc;
import hansa.protocols.voms.PolicyAuthority;
import hansa.protocols.voms.SignedAttributeCertificate;
import hansa.protocols.voms.SlashName;
import hansa.protocols.voms.VomsExtension;
import hansa.protocols.voms.VomsSyntaxException;
import hansa.trust.Rejected;
import hansa.trust.Rejected.Reason;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/** Verifies what VOMS servers say of the holder of a proxy. Thread-safe. */
final class VomsVerifier {

    private final Refreshed<VomsDirectory> directory;
    private final Paths paths;
    private final Set<String> names;
    private final Clock clock;

    VomsVerifier(Refreshed<VomsDirectory> directory, Paths paths, Set<String> names, Clock clock) {
        this.directory = directory;
        this.paths = paths;
        this.names = names;
        this.clock = clock;
    }

    /**
     * @param content what was said
     * @param expires when the attribute certificate or the server's certificates end
     */
    record Statement(AttributeCertificate content, Instant expires) {}

    /**
     * What the lowest proxy that carries something carries; all of it must be right.
     *
     * @param proxies the client's own first
     * @param holder the end entity
     */
    List<Statement> verify(List<X509Certificate> proxies, X509Certificate holder) throws Rejected {
        for (X509Certificate proxy : proxies) {
            List<SignedAttributeCertificate> carried = read(proxy);
            if (!carried.isEmpty()) {
                List<Statement> statements = new ArrayList<>(carried.size());
                for (SignedAttributeCertificate each : carried) {
                    statements.add(verify(each, holder));
                }
                return statements;
            }
        }
        return List.of();
    }

    private static List<SignedAttributeCertificate> read(X509Certificate proxy) throws Rejected {
        try {
            return VomsExtension.read(proxy);
        } catch (VomsSyntaxException e) {
            throw new Rejected(Reason.MALFORMED, String.valueOf(e.getMessage()), e);
        }
    }

    private Statement verify(SignedAttributeCertificate signed, X509Certificate holder) throws Rejected {
        AttributeCertificate content = signed.content();
        PolicyAuthority authority = content.authority();
        if (!signed.unknownCritical().isEmpty()) {
            throw new Rejected(
                    Reason.FORM,
                    "an attribute certificate insists on "
                            + signed.unknownCritical().getFirst());
        }
        X509Certificate server = server(content);
        Instant chainEnds = paths.verify(content.authorityChain(), false);
        Algorithms.signature(signed.signatureAlgorithm());
        checkSignature(signed, server);
        if (!content.holder().is(holder)) {
            throw new Rejected(
                    Reason.HOLDER,
                    "an attribute certificate is about "
                            + SlashName.of(content.holder().name()) + " with number "
                            + content.holder().serial());
        }
        checkTime(content);
        if (!content.targets().isEmpty() && names.stream().noneMatch(content::isFor)) {
            throw new Rejected(Reason.AUDIENCE, "an attribute certificate is meant for " + content.targets());
        }
        for (Fqan fqan : content.fqans()) {
            if (!fqan.vo().equals(authority.vo())) {
                throw new Rejected(Reason.FORGED, "a server of " + authority.vo() + " says " + fqan);
            }
        }
        return new Statement(content, chainEnds.isBefore(content.notAfter()) ? chainEnds : content.notAfter());
    }

    /** The certificate of the server, if the directory allows it; nothing is verified of it yet. */
    private X509Certificate server(AttributeCertificate content) throws Rejected {
        PolicyAuthority authority = content.authority();
        Lsc lsc = directory
                .get()
                .find(authority.vo(), authority.host())
                .orElseThrow(() -> new Rejected(Reason.UNTRUSTED, "no .lsc file allows " + authority));
        List<X509Certificate> chain = content.authorityChain();
        if (chain.isEmpty()) {
            throw new Rejected(Reason.UNTRUSTED, "an attribute certificate of " + authority + " has no chain");
        }
        X509Certificate server = chain.getFirst();
        List<String> upwards = new ArrayList<>();
        upwards.add(SlashName.of(server.getSubjectX500Principal()));
        for (X509Certificate each : chain) {
            if (!SlashName.of(each.getSubjectX500Principal()).equals(upwards.getLast())) {
                throw new Rejected(Reason.UNTRUSTED, "the chain of " + authority + " has a gap");
            }
            upwards.add(SlashName.of(each.getIssuerX500Principal()));
        }
        if (!content.issuer().equals(server.getSubjectX500Principal()) || !lsc.allows(upwards)) {
            throw new Rejected(
                    Reason.UNTRUSTED, "the .lsc file of " + authority + " does not allow " + upwards.getFirst());
        }
        return server;
    }

    private static void checkSignature(SignedAttributeCertificate signed, X509Certificate server) throws Rejected {
        try {
            if (!signed.isSignedBy(new JcaContentVerifierProviderBuilder().build(server.getPublicKey()))) {
                throw new Rejected(Reason.SIGNATURE, "the signature of " + signed + " is not its server's");
            }
        } catch (OperatorCreationException e) {
            throw new Rejected(Reason.ALGORITHM, "the key of a VOMS server cannot be used", e);
        }
    }

    private void checkTime(AttributeCertificate content) throws Rejected {
        Instant now = clock.instant();
        if (content.notAfter().isBefore(now)) {
            throw new Rejected(Reason.EXPIRED, "an attribute certificate ended at " + content.notAfter());
        }
        if (content.notBefore().isAfter(now.plus(Paths.SKEW))) {
            throw new Rejected(Reason.NOT_YET_VALID, "an attribute certificate begins at " + content.notBefore());
        }
    }
}
