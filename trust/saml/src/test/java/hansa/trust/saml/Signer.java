package hansa.trust.saml;

import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.List;
import org.apache.xml.security.Init;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.transforms.Transforms;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Signs as identity providers do, with Apache Santuario: software that the verifier does not use. */
final class Signer {

    static final String RSA_SHA256 = XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA256;
    static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";

    private final Key key;
    private String method = RSA_SHA256;
    private String digest = SHA256;
    private List<String> transforms =
            List.of(Transforms.TRANSFORM_ENVELOPED_SIGNATURE, Transforms.TRANSFORM_C14N_EXCL_OMIT_COMMENTS);
    private List<String> references = List.of();

    Signer(Key key) {
        Init.init();
        this.key = key;
    }

    Signer by(String signatureMethod, String digestMethod) {
        method = signatureMethod;
        digest = digestMethod;
        return this;
    }

    Signer through(String... transformAlgorithms) {
        transforms = List.of(transformAlgorithms);
        return this;
    }

    Signer over(String... uris) {
        references = List.of(uris);
        return this;
    }

    String sign(String xml) throws Exception {
        return sign(Xml.parse(xml), "Assertion", List.of());
    }

    String signResponse(String xml) throws Exception {
        return sign(Xml.parse(xml), "Response", List.of());
    }

    String signTelling(String xml, PublicKey told) throws Exception {
        return sign(Xml.parse(xml), "Assertion", List.of(told));
    }

    private String sign(Document document, String name, List<PublicKey> told) throws Exception {
        markIds(document.getDocumentElement());
        Element parent = (Element) document.getElementsByTagNameNS("*", name).item(0);
        XMLSignature signature = new XMLSignature(document, "", method, Transforms.TRANSFORM_C14N_EXCL_OMIT_COMMENTS);
        Element issuer =
                (Element) parent.getElementsByTagNameNS(Xml.SAML, "Issuer").item(0);
        parent.insertBefore(signature.getElement(), issuer.getNextSibling());
        List<String> uris = references.isEmpty() ? List.of("#" + parent.getAttribute("ID")) : references;
        for (String uri : uris) {
            Transforms chain = new Transforms(document);
            for (String transform : transforms) {
                chain.addTransform(transform);
            }
            signature.addDocument(uri, chain, digest);
        }
        for (PublicKey key : told) {
            signature.addKeyInfo(key);
        }
        signature.sign(key instanceof PrivateKey ? key : signature.createSecretKey(key.getEncoded()));
        return Xml.text(document);
    }

    private static void markIds(Element element) {
        if (element.hasAttribute("ID")) {
            element.setIdAttribute("ID", true);
        }
        for (var child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element found) {
                markIds(found);
            }
        }
    }
}
