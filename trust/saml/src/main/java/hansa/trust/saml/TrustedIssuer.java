package hansa.trust.saml;

import hansa.protocols.voms.Fqan;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * An identity provider whose assertions are taken, and how far.
 *
 * @param entity its identifier, a URI; part of the identity of everybody whom it vouches for
 * @param keys that it signs with, 1 to 8: RSA with 2048 bits or more, or EC with 256 bits or more
 * @param audiences what it calls this installation; an assertion is made out to one of them
 * @param recipients addresses that assertions are brought to; one that is made out to another is refused
 * @param subjectAttribute the attribute that identifies somebody; the assertion's name where there is none
 * @param groupAttribute the attribute with groups and roles, as entitlements
 * @param groups reads entitlements, and leaves out those that the issuer may not say
 */
public record TrustedIssuer(
        String entity,
        List<PublicKey> keys,
        Set<String> audiences,
        Set<String> recipients,
        Optional<String> subjectAttribute,
        String groupAttribute,
        Function<List<String>, List<Fqan>> groups) {

    private static final int MOST_KEYS = 8;
    private static final int RSA_BITS = 2048;
    private static final int EC_BITS = 256;

    /** @throws IllegalArgumentException in one line, if an installation cannot be run with it */
    public TrustedIssuer {
        if (!entity.matches("[A-Za-z][A-Za-z0-9+.-]*:[^\\s#]{1,1000}")) {
            throw new IllegalArgumentException("an issuer is a URI without a fragment");
        }
        if (keys.isEmpty() || keys.size() > MOST_KEYS) {
            throw new IllegalArgumentException("an issuer has 1 to " + MOST_KEYS + " keys");
        }
        if (!keys.stream().allMatch(TrustedIssuer::isStrong)) {
            throw new IllegalArgumentException(
                    "keys are RSA with " + RSA_BITS + " bits or more, or EC with " + EC_BITS);
        }
        if (audiences.isEmpty()) {
            throw new IllegalArgumentException("an issuer makes its assertions out to an audience");
        }
        keys = List.copyOf(keys);
        audiences = Set.copyOf(audiences);
        recipients = Set.copyOf(recipients);
    }

    private static boolean isStrong(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= RSA_BITS;
            case ECPublicKey ec -> ec.getParams().getOrder().bitLength() >= EC_BITS;
            default -> false;
        };
    }
}
