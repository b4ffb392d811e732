package hansa.protocols.voms;

import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extension;

/** The names that VOMS gave to its parts (GFD.182 §3). */
final class VomsForm {

    static final ASN1ObjectIdentifier FQANS = new ASN1ObjectIdentifier("1.3.6.1.4.1.8005.100.100.4");
    static final ASN1ObjectIdentifier CERTIFICATES = new ASN1ObjectIdentifier("1.3.6.1.4.1.8005.100.100.10");
    static final ASN1ObjectIdentifier ATTRIBUTES = new ASN1ObjectIdentifier("1.3.6.1.4.1.8005.100.100.11");

    /** The extensions that are understood, critical or not. */
    static final Set<ASN1ObjectIdentifier> UNDERSTOOD = Set.of(
            CERTIFICATES,
            ATTRIBUTES,
            Extension.targetInformation,
            Extension.noRevAvail,
            Extension.authorityKeyIdentifier);

    private VomsForm() {}
}
