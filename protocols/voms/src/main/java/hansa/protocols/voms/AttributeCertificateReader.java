package hansa.protocols.voms;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Attribute;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509AttributeCertificateHolder;

/** Reads every form that is known to be written: by servers in C, old and new, and by programs in Java. */
final class AttributeCertificateReader {

    private static final int VERSION = 2;

    private final byte[] der;
    private final X509AttributeCertificateHolder ac;

    private AttributeCertificateReader(byte[] der) throws IOException {
        this.der = der;
        this.ac = new X509AttributeCertificateHolder(der);
    }

    static SignedAttributeCertificate read(byte[] der) throws VomsSyntaxException {
        DerBounds.check(der, SignedAttributeCertificate.MOST_BYTES);
        try {
            return new AttributeCertificateReader(der).read();
        } catch (IOException | CertificateException e) {
            throw malformed(e);
        } catch (RuntimeException e) {
            // the library tells of malformed input by unchecked exceptions of many kinds
            throw malformed(e);
        }
    }

    private static VomsSyntaxException malformed(Exception e) {
        String message = String.valueOf(e.getMessage());
        String line = message.lines().findFirst().orElse("").strip();
        return new VomsSyntaxException(
                "The attribute certificate is malformed: " + line.substring(0, Math.min(line.length(), 200)), e);
    }

    private SignedAttributeCertificate read() throws VomsSyntaxException, IOException, CertificateException {
        if (ac.getVersion() != VERSION) {
            throw new VomsSyntaxException("An attribute certificate has version 2, not " + ac.getVersion());
        }
        ASN1Sequence syntax = fqanSyntax();
        AttributeCertificate content = new AttributeCertificate(
                holder(),
                principal(only(ac.getIssuer().getNames(), "issuer")),
                ac.getSerialNumber(),
                ac.getNotBefore().toInstant(),
                ac.getNotAfter().toInstant(),
                authority(syntax.getObjectAt(0)),
                fqans(ASN1Sequence.getInstance(syntax.getObjectAt(1))),
                attributes(),
                targets(),
                certificates());
        return new SignedAttributeCertificate(content, ac, der, unknownCritical());
    }

    private Holder holder() throws VomsSyntaxException, IOException {
        X500Name[] names = ac.getHolder().getIssuer();
        if (names == null) {
            throw new VomsSyntaxException("The holder is not given as a certificate's name and serial number");
        }
        return new Holder(principal(only(names, "holder")), ac.getHolder().getSerialNumber());
    }

    private static X500Name only(X500Name[] names, String what) throws VomsSyntaxException {
        if (names.length != 1) {
            throw new VomsSyntaxException("The " + what + " has " + names.length + " names instead of one");
        }
        return names[0];
    }

    private static X500Principal principal(X500Name name) throws IOException {
        return new X500Principal(name.getEncoded());
    }

    private ASN1Sequence fqanSyntax() throws VomsSyntaxException {
        Attribute[] attributes = ac.getAttributes(VomsForm.FQANS);
        if (attributes.length != 1 || attributes[0].getAttrValues().size() != 1) {
            throw new VomsSyntaxException("Groups and roles must stand in one attribute with one value");
        }
        ASN1Sequence syntax = ASN1Sequence.getInstance(attributes[0].getAttributeValues()[0]);
        if (syntax.size() != 2) {
            throw new VomsSyntaxException("Groups and roles must come with their policy authority");
        }
        return syntax;
    }

    /** Tagged implicitly by servers in C, explicitly or not at all by programs in Java. */
    private static PolicyAuthority authority(ASN1Encodable value) throws VomsSyntaxException {
        GeneralNames names;
        if (value instanceof ASN1TaggedObject tagged) {
            boolean explicit = tagged.getTagNo() == 0
                    && tagged.isExplicit()
                    && tagged.getExplicitBaseObject() instanceof ASN1Sequence;
            names = GeneralNames.getInstance(tagged, explicit);
        } else {
            names = GeneralNames.getInstance(value);
        }
        GeneralName[] all = names.getNames();
        if (all.length != 1 || all[0].getTagNo() != GeneralName.uniformResourceIdentifier) {
            throw new VomsSyntaxException("The policy authority is not one URI");
        }
        return PolicyAuthority.parse(ASN1IA5String.getInstance(all[0].getName()).getString());
    }

    private static List<Fqan> fqans(ASN1Sequence values) throws VomsSyntaxException {
        bounded(values.size(), AttributeCertificate.MOST_FQANS, "groups and roles");
        List<Fqan> fqans = new ArrayList<>(values.size());
        for (ASN1Encodable value : values) {
            fqans.add(Fqan.parse(text(value)));
        }
        return fqans;
    }

    private List<GenericAttribute> attributes() throws VomsSyntaxException {
        List<GenericAttribute> attributes = new ArrayList<>();
        Extension extension = ac.getExtension(VomsForm.ATTRIBUTES);
        if (extension == null) {
            return attributes;
        }
        for (ASN1Encodable list : within(extension)) {
            for (ASN1Encodable tags : ASN1Sequence.getInstance(list)) {
                ASN1Sequence each =
                        ASN1Sequence.getInstance(ASN1Sequence.getInstance(tags).getObjectAt(1));
                bounded(attributes.size() + each.size(), AttributeCertificate.MOST_ATTRIBUTES, "attributes");
                for (ASN1Encodable tag : each) {
                    ASN1Sequence parts = ASN1Sequence.getInstance(tag);
                    attributes.add(new GenericAttribute(
                            text(parts.getObjectAt(0)), text(parts.getObjectAt(1)), text(parts.getObjectAt(2))));
                }
            }
        }
        return attributes;
    }

    private List<String> targets() throws VomsSyntaxException {
        List<String> targets = new ArrayList<>();
        Extension extension = ac.getExtension(Extension.targetInformation);
        if (extension != null) {
            targets(within(extension), targets);
            if (targets.isEmpty()) {
                throw new VomsSyntaxException("The extension with targets names none");
            }
        }
        return targets;
    }

    /** VOMS puts a sequence more around each target than RFC 5755 does; the depth is bounded by what was read. */
    private static void targets(ASN1Sequence from, List<String> targets) throws VomsSyntaxException {
        for (ASN1Encodable each : from) {
            if (each instanceof ASN1TaggedObject tagged) {
                targets.add(target(tagged));
                bounded(targets.size(), AttributeCertificate.MOST_TARGETS, "targets");
            } else {
                targets(ASN1Sequence.getInstance(each), targets);
            }
        }
    }

    private static String target(ASN1TaggedObject tagged) throws VomsSyntaxException {
        if (tagged.getTagNo() != 0) {
            throw new VomsSyntaxException("A target is neither a URI nor the name of a host");
        }
        GeneralName name = GeneralName.getInstance(tagged.getExplicitBaseObject());
        return switch (name.getTagNo()) {
            case GeneralName.uniformResourceIdentifier, GeneralName.dNSName ->
                ASN1IA5String.getInstance(name.getName()).getString();
            default -> throw new VomsSyntaxException("A target is neither a URI nor the name of a host");
        };
    }

    private List<X509Certificate> certificates() throws VomsSyntaxException, IOException, CertificateException {
        List<X509Certificate> certificates = new ArrayList<>();
        Extension extension = ac.getExtension(VomsForm.CERTIFICATES);
        if (extension == null) {
            return certificates;
        }
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (ASN1Encodable list : within(extension)) {
            ASN1Sequence each = ASN1Sequence.getInstance(list);
            bounded(certificates.size() + each.size(), AttributeCertificate.MOST_CERTIFICATES, "certificates");
            for (ASN1Encodable certificate : each) {
                byte[] der = certificate.toASN1Primitive().getEncoded();
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            }
        }
        return certificates;
    }

    /** What an extension holds is an encoding of its own and so checked on its own. */
    private static ASN1Sequence within(Extension extension) throws VomsSyntaxException {
        byte[] der = extension.getExtnValue().getOctets();
        DerBounds.check(der, SignedAttributeCertificate.MOST_BYTES);
        return ASN1Sequence.getInstance(der);
    }

    private List<String> unknownCritical() {
        List<String> unknown = new ArrayList<>();
        for (Object identifier : ac.getCriticalExtensionOIDs()) {
            if (!VomsForm.UNDERSTOOD.contains(identifier)) {
                unknown.add(identifier.toString());
            }
        }
        return unknown;
    }

    private static String text(ASN1Encodable octets) {
        return new String(ASN1OctetString.getInstance(octets).getOctets(), StandardCharsets.UTF_8);
    }

    private static void bounded(int number, int most, String what) throws VomsSyntaxException {
        if (number > most) {
            throw new VomsSyntaxException("It has more than " + most + " " + what);
        }
    }
}
