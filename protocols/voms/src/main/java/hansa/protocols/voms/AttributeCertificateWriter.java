package hansa.protocols.voms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.AttributeCertificateHolder;
import org.bouncycastle.cert.AttributeCertificateIssuer;
import org.bouncycastle.cert.X509AttributeCertificateHolder;
import org.bouncycastle.cert.X509v2AttributeCertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.operator.ContentSigner;

/**
 * Writes the one form that all known readers take. Where VOMS departs from RFC 5755, the extra sequences around targets
 * and attributes among them, this follows VOMS.
 */
final class AttributeCertificateWriter {

    private AttributeCertificateWriter() {}

    static SignedAttributeCertificate write(AttributeCertificate content, ContentSigner signer) {
        try {
            X509v2AttributeCertificateBuilder builder = new X509v2AttributeCertificateBuilder(
                    new AttributeCertificateHolder(
                            name(content.holder().name()), content.holder().serial()),
                    new AttributeCertificateIssuer(name(content.issuer())),
                    content.serial(),
                    Date.from(content.notBefore()),
                    Date.from(content.notAfter()));
            GeneralName authority = uri(content.authority().toString());
            builder.addAttribute(VomsForm.FQANS, fqans(authority, content.fqans()));
            if (!content.attributes().isEmpty()) {
                builder.addExtension(VomsForm.ATTRIBUTES, false, attributes(authority, content.attributes()));
            }
            if (!content.targets().isEmpty()) {
                builder.addExtension(Extension.targetInformation, true, targets(content.targets()));
            }
            List<Certificate> chain = chain(content.authorityChain());
            if (!chain.isEmpty()) {
                builder.addExtension(VomsForm.CERTIFICATES, false, certificates(chain));
            }
            builder.addExtension(Extension.noRevAvail, false, DERNull.INSTANCE);
            if (!chain.isEmpty()) {
                builder.addExtension(Extension.authorityKeyIdentifier, false, keyIdentifier(chain.getFirst()));
            }
            X509AttributeCertificateHolder signed = builder.build(signer);
            return new SignedAttributeCertificate(content, signed, signed.getEncoded(), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static X500Name name(X500Principal principal) {
        return X500Name.getInstance(principal.getEncoded());
    }

    private static GeneralName uri(String text) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, text);
    }

    /** The authority is tagged implicitly: readers in C see no attributes where it is not. */
    private static ASN1Encodable fqans(GeneralName authority, List<Fqan> fqans) {
        ASN1Encodable[] values =
                fqans.stream().map(fqan -> octets(longForm(fqan))).toArray(ASN1Encodable[]::new);
        return new DERSequence(
                new ASN1Encodable[] {new DERTaggedObject(false, 0, new GeneralNames(authority)), new DERSequence(values)
                });
    }

    private static String longForm(Fqan fqan) {
        return fqan.group() + "/Role=" + fqan.role().orElse("NULL") + "/Capability=NULL";
    }

    private static ASN1Encodable attributes(GeneralName authority, List<GenericAttribute> attributes) {
        ASN1Encodable[] tags = attributes.stream()
                .map(attribute -> new DERSequence(new ASN1Encodable[] {
                    octets(attribute.name()), octets(attribute.value()), octets(attribute.qualifier())
                }))
                .toArray(ASN1Encodable[]::new);
        ASN1Encodable list = new DERSequence(new ASN1Encodable[] {new GeneralNames(authority), new DERSequence(tags)});
        return new DERSequence(new DERSequence(list));
    }

    private static ASN1Encodable targets(List<String> targets) {
        ASN1Encodable[] each = targets.stream()
                .map(target -> new DERSequence(new DERTaggedObject(0, uri(target))))
                .toArray(ASN1Encodable[]::new);
        return new DERSequence(new DERSequence(each));
    }

    private static List<Certificate> chain(List<X509Certificate> chain) {
        return chain.stream().map(AttributeCertificateWriter::certificate).toList();
    }

    private static Certificate certificate(X509Certificate certificate) {
        try {
            return Certificate.getInstance(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("A certificate of the chain has no encoding", e);
        }
    }

    private static ASN1Encodable certificates(List<Certificate> chain) {
        return new DERSequence(new DERSequence(chain.toArray(ASN1Encodable[]::new)));
    }

    /** As the authority's certificate names its key: readers compare the two. */
    private static ASN1Encodable keyIdentifier(Certificate authority) {
        Extensions extensions = authority.getTBSCertificate().getExtensions();
        Extension named = extensions == null ? null : extensions.getExtension(Extension.subjectKeyIdentifier);
        return named == null
                ? new BcX509ExtensionUtils().createAuthorityKeyIdentifier(authority.getSubjectPublicKeyInfo())
                : new AuthorityKeyIdentifier(
                        SubjectKeyIdentifier.getInstance(named.getParsedValue()).getKeyIdentifier());
    }

    private static DEROctetString octets(String text) {
        return new DEROctetString(text.getBytes(StandardCharsets.UTF_8));
    }
}
