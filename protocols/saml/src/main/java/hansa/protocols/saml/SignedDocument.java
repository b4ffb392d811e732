package hansa.protocols.saml;

import static hansa.protocols.saml.Tag.ASSERTION;
import static hansa.protocols.saml.Tag.PROTOCOL;
import static hansa.protocols.saml.Tag.SIGNATURE;

import hansa.protocols.saml.SamlException.Fault;
import java.security.PublicKey;
import java.util.List;

/**
 * A document that claims to be a signed assertion, or a response with one. Nothing that it says counts before
 * {@link #verify}, and then only what the signature covers.
 */
public final class SignedDocument {

    /** The largest document that is read, in bytes. */
    public static final int MAX_BYTES = XmlInput.MAX_BYTES;

    private final Tag signed;
    private final Tag assertion;

    private SignedDocument(Tag signed, Tag assertion) {
        this.signed = signed;
        this.assertion = assertion;
    }

    /** @throws SamlException if it cannot be one, whatever its signature is worth */
    public static SignedDocument parse(byte[] bytes) throws SamlException {
        Tag root = new Tag(XmlInput.read(bytes).getDocumentElement());
        boolean response = root.is(PROTOCOL, "Response");
        if (!response && !root.is(ASSERTION, "Assertion")) {
            throw new SamlException(Fault.MALFORMED, "the document is neither an assertion nor a response");
        }
        requireOne(root, ASSERTION, "Assertion");
        if (root.count(PROTOCOL, "Response") > (response ? 1 : 0)) {
            throw new SamlException(Fault.FORM, "a response stands within the document");
        }
        Tag assertion = response ? root.required(ASSERTION, "Assertion") : root;
        return new SignedDocument(signed(root, assertion), assertion);
    }

    private static void requireOne(Tag root, String namespace, String name) throws SamlException {
        int found = root.count(namespace, name);
        if (found != 1) {
            throw new SamlException(Fault.FORM, "the document holds " + name + " " + found + " times instead of once");
        }
    }

    /** The one element that the one signature stands in: the assertion itself or the response around it. */
    private static Tag signed(Tag root, Tag assertion) throws SamlException {
        if (root.count(SIGNATURE, "Signature") == 0) {
            throw new SamlException(Fault.SIGNATURE, "the document is not signed");
        }
        requireOne(root, SIGNATURE, "Signature");
        for (Tag place : List.of(assertion, root)) {
            if (place.child(SIGNATURE, "Signature").isPresent()) {
                return place;
            }
        }
        throw new SamlException(Fault.FORM, "the signature stands neither in the assertion nor in the response");
    }

    /** Who issued it, as far as it can be told before the signature was checked: good for choosing keys, for nothing else. */
    public String claimedIssuer() throws SamlException {
        return assertion.required(ASSERTION, "Issuer").text();
    }

    /**
     * Checks the signature and takes the values out of the bytes that were signed.
     *
     * @param keys of the issuer: RSA with 2048 bits or more, or EC
     */
    public Verified verify(List<PublicKey> keys) throws SamlException {
        Tag signature = signed.required(SIGNATURE, "Signature");
        EnvelopedSignature check =
                new EnvelopedSignature(signed.element(), signed.requiredAttribute("ID"), signature.element());
        return AssertionReader.read(
                new Tag(XmlInput.read(check.signedBytes(keys)).getDocumentElement()));
    }
}
