package hansa.trust;

import hansa.protocols.voms.Fqan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who somebody was proven to be.
 *
 * @param issuer who vouches for the subject: the distinguished name of an authority, the issuer of a token, the entity
 *     that signed an assertion
 * @param subject unique at the issuer and never given to anybody else
 * @param name what people call the subject; may be empty
 * @param fqans groups and roles, the primary one first
 * @param attributes what else was said and signed, by its name there
 * @param vo the virtual organisation that the credential was issued for, where it was issued for one alone
 * @param expires when the proof ends, at the latest
 */
public record Evidence(
        Kind kind,
        String issuer,
        String subject,
        String name,
        List<Fqan> fqans,
        Map<String, List<String>> attributes,
        Optional<String> vo,
        Instant expires) {

    /** What kind of credential it was. */
    public enum Kind {
        /** An X.509 certificate of the subject's own. */
        CERTIFICATE,
        /** A proxy certificate (RFC 3820) of the subject. */
        PROXY,
        /** An access token of an OpenID provider. */
        OIDC,
        /** A SAML 2.0 assertion. */
        SAML,
        /** An assertion that the federation signed for one site. */
        ASSERTION
    }

    public Evidence {
        if (issuer.isBlank() || subject.isBlank()) {
            throw new IllegalArgumentException("Evidence names its issuer and its subject");
        }
        fqans = List.copyOf(fqans);
        attributes = Map.copyOf(attributes);
    }
}
