package hansa.protocols.saml;

import hansa.protocols.saml.SamlException.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.w3c.dom.Element;

/**
 * The signature of an element that stands in the element itself (saml-core-2.0-os, §5.4): one reference, to its parent, with
 * no other transforms than leaving out the signature and exclusive canonicalization.
 */
final class EnvelopedSignature {

    private static final List<String> DIGESTS = List.of(DigestMethod.SHA256, DigestMethod.SHA384, DigestMethod.SHA512);
    private static final Map<String, Class<? extends PublicKey>> METHODS = Map.of(
            SignatureMethod.RSA_SHA256, RSAPublicKey.class,
            SignatureMethod.RSA_SHA384, RSAPublicKey.class,
            SignatureMethod.RSA_SHA512, RSAPublicKey.class,
            SignatureMethod.SHA256_RSA_MGF1, RSAPublicKey.class,
            SignatureMethod.SHA384_RSA_MGF1, RSAPublicKey.class,
            SignatureMethod.SHA512_RSA_MGF1, RSAPublicKey.class,
            SignatureMethod.ECDSA_SHA256, ECPublicKey.class,
            SignatureMethod.ECDSA_SHA384, ECPublicKey.class,
            SignatureMethod.ECDSA_SHA512, ECPublicKey.class);

    private final Element signed;
    private final String id;
    private final Element signature;

    /** @param signed the parent of the signature */
    EnvelopedSignature(Element signed, String id, Element signature) {
        this.signed = signed;
        this.id = id;
        this.signature = signature;
    }

    /**
     * The very bytes that were signed: whoever reads them again cannot read anything else.
     *
     * @param keys of the issuer, from the configuration; what the document says about keys is not looked at
     */
    byte[] signedBytes(List<PublicKey> keys) throws SamlException {
        for (PublicKey key : keys) {
            DOMValidateContext context = new DOMValidateContext(KeySelector.singletonKeySelector(key), signature);
            context.setProperty("org.jcp.xml.dsig.secureValidation", true);
            context.setProperty("javax.xml.crypto.dsig.cacheReference", true);
            context.setIdAttributeNS(signed, null, "ID");
            try {
                XMLSignature found = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
                Reference reference = checked(found);
                if (fits(found, key) && found.validate(context)) {
                    return digested(reference);
                }
            } catch (MarshalException e) {
                throw new SamlException(Fault.ALGORITHM, "the signature is of a form that is not taken here", e);
            } catch (XMLSignatureException | ClassCastException e) {
                throw new SamlException(Fault.SIGNATURE, "the signature cannot be checked", e);
            }
        }
        throw new SamlException(Fault.SIGNATURE, "the signature is not right with any key of the issuer");
    }

    private Reference checked(XMLSignature found) throws SamlException {
        if (!found.getObjects().isEmpty()) {
            throw new SamlException(Fault.FORM, "the signature holds objects");
        }
        SignedInfo info = found.getSignedInfo();
        requireKnown(
                info.getSignatureMethod().getAlgorithm(),
                METHODS.containsKey(info.getSignatureMethod().getAlgorithm()));
        requireKnown(
                info.getCanonicalizationMethod().getAlgorithm(),
                isExclusive(info.getCanonicalizationMethod().getAlgorithm()));
        List<Reference> references = info.getReferences();
        if (references.size() != 1) {
            throw new SamlException(Fault.FORM, "the signature is over " + references.size() + " elements");
        }
        Reference reference = references.getFirst();
        requireKnown(
                reference.getDigestMethod().getAlgorithm(),
                DIGESTS.contains(reference.getDigestMethod().getAlgorithm()));
        if (!("#" + id).equals(reference.getURI())) {
            throw new SamlException(Fault.SIGNATURE, "the signature is over another element than the one it stands in");
        }
        List<String> transforms =
                reference.getTransforms().stream().map(Transform::getAlgorithm).toList();
        if (!transforms.equals(List.of(Transform.ENVELOPED, CanonicalizationMethod.EXCLUSIVE))) {
            throw new SamlException(Fault.FORM, "the signature transforms what it covers");
        }
        return reference;
    }

    private static boolean isExclusive(String algorithm) {
        return algorithm.equals(CanonicalizationMethod.EXCLUSIVE);
    }

    private static void requireKnown(String algorithm, boolean known) throws SamlException {
        if (!known) {
            throw new SamlException(
                    Fault.ALGORITHM,
                    "the algorithm " + (algorithm.length() > 100 ? algorithm.substring(0, 100) : algorithm)
                            + " is not taken here");
        }
    }

    private static boolean fits(XMLSignature found, PublicKey key) {
        Class<? extends PublicKey> wanted =
                METHODS.get(found.getSignedInfo().getSignatureMethod().getAlgorithm());
        return wanted != null && wanted.isInstance(key);
    }

    private static byte[] digested(Reference reference) throws SamlException {
        try (InputStream bytes = reference.getDigestInputStream()) {
            return bytes.readAllBytes();
        } catch (IOException e) {
            throw new SamlException(Fault.SIGNATURE, "what was signed cannot be read", e);
        }
    }
}
