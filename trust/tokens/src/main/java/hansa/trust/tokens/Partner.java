package hansa.trust.tokens;

import hansa.trust.GroupRule;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * A site whose assertions are taken.
 *
 * @param url the issuer of its assertions, letter for letter
 * @param keys file with its JWK set; fetched from it where there is none
 * @param issuers whose users it may send besides its own; {@code *} for all
 * @param vos the virtual organisations that it may speak for; {@code *} for all
 * @param trust for its TLS certificate; what Java trusts where there is none
 */
public record Partner(
        String url, Optional<Path> keys, Set<String> issuers, Set<String> vos, Optional<SSLContext> trust) {

    public Partner {
        issuers = Set.copyOf(issuers);
        vos = Set.copyOf(vos);
    }

    /** Users of one's own can be sent by every site. */
    boolean maySend(String issuer) {
        return issuer.equals(url) || issuers.contains(GroupRule.ANY) || issuers.contains(issuer);
    }

    boolean speaksFor(String vo) {
        return vos.contains(GroupRule.ANY) || vos.contains(vo);
    }
}
