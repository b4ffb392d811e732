package hansa.trust.x509;

import hansa.protocols.voms.DerBounds;
import hansa.protocols.voms.SlashName;
import hansa.protocols.voms.VomsSyntaxException;
import hansa.trust.Rejected;
import hansa.trust.Rejected.Reason;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;

/**
 * What a chain looks like, before anything of it is verified: proxies, the end entity, authorities.
 *
 * @param chain as it came
 * @param endEntity its place in the chain; everything before it is a proxy, everything after it an authority
 * @param policies of the proxies, from the client's own upwards
 */
record ChainForm(List<X509Certificate> chain, int endEntity, List<ProxyPolicy> policies) {

    private static final int MOST_CERTIFICATES = 20;
    private static final int MOST_BYTES = 1 << 18;
    private static final String CLIENT_USE = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_USE = "2.5.29.37.0";

    /** Extensions below these are read by libraries; all that stand there are DER. */
    private static final List<String> READ = List.of("2.5.29.", "1.3.6.1.5.5.7.1.", "1.3.6.1.4.1.8005.100.100.");

    static ChainForm of(List<X509Certificate> chain) throws Rejected {
        if (chain.isEmpty()) {
            throw new Rejected(Reason.MALFORMED, "the chain is empty");
        }
        if (chain.size() > MOST_CERTIFICATES) {
            throw new Rejected(Reason.PATH_TOO_LONG, "the chain has " + chain.size() + " certificates");
        }
        int bytes = 0;
        List<ProxyPolicy> policies = new ArrayList<>();
        int endEntity = -1;
        for (int i = 0; i < chain.size(); i++) {
            X509Certificate certificate = chain.get(i);
            bytes += bounded(certificate);
            if (bytes > MOST_BYTES) {
                throw new Rejected(Reason.PATH_TOO_LONG, "the chain has more than " + MOST_BYTES + " bytes");
            }
            if (ProxyPolicy.isProxy(certificate)) {
                if (endEntity >= 0) {
                    throw new Rejected(Reason.FORM, "a proxy stands above " + shown(chain.get(endEntity)));
                }
                policies.add(ProxyPolicy.of(certificate));
            } else if (endEntity < 0) {
                endEntity = i;
            }
        }
        if (endEntity < 0) {
            throw new Rejected(Reason.MALFORMED, "the chain has proxies only");
        }
        ChainForm form = new ChainForm(List.copyOf(chain), endEntity, List.copyOf(policies));
        form.checkEndEntity();
        return form;
    }

    private static int bounded(X509Certificate certificate) throws Rejected {
        try {
            byte[] encoded = certificate.getEncoded();
            DerBounds.check(encoded, MOST_BYTES);
            extensions(certificate, certificate.getCriticalExtensionOIDs());
            extensions(certificate, certificate.getNonCriticalExtensionOIDs());
            return encoded.length;
        } catch (CertificateEncodingException e) {
            throw new Rejected(Reason.MALFORMED, "a certificate has no encoding", e);
        } catch (VomsSyntaxException e) {
            throw new Rejected(Reason.MALFORMED, "a certificate is malformed: " + e.getMessage(), e);
        }
    }

    private static void extensions(X509Certificate certificate, Set<String> identifiers) throws VomsSyntaxException {
        if (identifiers == null) {
            return;
        }
        for (String identifier : identifiers) {
            if (READ.stream().anyMatch(identifier::startsWith)) {
                byte[] wrapped = certificate.getExtensionValue(identifier);
                DerBounds.check(ASN1OctetString.getInstance(wrapped).getOctets(), MOST_BYTES);
            }
        }
    }

    private void checkEndEntity() throws Rejected {
        X509Certificate certificate = subject();
        if (certificate.getBasicConstraints() >= 0) {
            throw new Rejected(Reason.FORM, shown(certificate) + " is an authority's certificate");
        }
        if (SlashName.isAmbiguous(certificate.getSubjectX500Principal())
                || SlashName.isAmbiguous(certificate.getIssuerX500Principal())) {
            throw new Rejected(Reason.FORM, shown(certificate) + " could be read as another name");
        }
        try {
            List<String> uses = certificate.getExtendedKeyUsage();
            if (uses != null && !uses.contains(CLIENT_USE) && !uses.contains(ANY_USE)) {
                throw new Rejected(Reason.FORM, shown(certificate) + " is not for clients");
            }
        } catch (CertificateParsingException e) {
            throw new Rejected(Reason.MALFORMED, "the uses of a certificate cannot be read", e);
        }
    }

    private static String shown(X509Certificate certificate) {
        return SlashName.of(certificate.getSubjectX500Principal());
    }

    /** The certificate of the person or host. */
    X509Certificate subject() {
        return chain.get(endEntity);
    }

    List<X509Certificate> proxies() {
        return chain.subList(0, endEntity);
    }

    boolean isLimited() {
        return policies.contains(ProxyPolicy.LIMITED);
    }

    /** Where the lowest proxy stands that inherits nothing from who issued it; the end entity if there is none. */
    int identity() {
        int independent = policies.indexOf(ProxyPolicy.INDEPENDENT);
        return independent < 0 ? endEntity : independent;
    }
}
