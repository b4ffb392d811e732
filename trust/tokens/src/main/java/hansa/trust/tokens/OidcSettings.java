package hansa.trust.tokens;

import hansa.trust.GroupRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An OpenID provider whose access tokens are taken.
 *
 * @param issuer letter for letter as its tokens name it
 * @param audience one of these has to be in a token; {@code *} where the audience is not looked at
 * @param clients one of these has to have got the token; {@code *} for any
 * @param groups for whom it may speak
 * @param clientId as whom this node introspects
 * @param userinfo asked for the groups of tokens that name none
 * @param subjectClaim identifies the user
 * @param nameClaim what people call the user
 * @param entitlementClaims hold groups and roles
 * @param skew how far the issuer's clock may be from ours
 */
public record OidcSettings(
        String issuer,
        Set<String> audience,
        Set<String> clients,
        GroupRule groups,
        Optional<String> clientId,
        Optional<String> clientSecret,
        Introspection introspection,
        boolean userinfo,
        String subjectClaim,
        String nameClaim,
        List<String> entitlementClaims,
        Duration skew) {

    /** About which tokens the issuer is asked (RFC 7662). */
    public enum Introspection {
        NEVER,
        OPAQUE,
        ALWAYS
    }

    public OidcSettings {
        audience = Set.copyOf(audience);
        clients = Set.copyOf(clients);
        entitlementClaims = List.copyOf(entitlementClaims);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "OidcSettings[issuer=" + issuer + "]";
    }
}
