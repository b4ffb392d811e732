package hansa.faces.occi;

import hansa.protocols.occi.Profile;
import java.net.URI;
import java.util.Optional;

/**
 * How the face behaves.
 *
 * @param product what the {@code Server} header begins with, for example {@code hansa/0.1.0}
 * @param profile compatible with the clients in the field, or 1.2 to the letter
 * @param schemeBase what the schemes of this site's images and flavours begin with, for example
 *     {@code http://hansa.example.org/occi/infrastructure}; stable, since clients keep identifiers
 * @param realm shown by clients when they ask for a password
 * @param keystone where clients of OpenStack's federations get a token; announced in a 401. A path alone is on whatever
 *     host and port the client came to
 * @param maxBody bytes of a request body
 * @param maxPage members on a page that a client may ask for, 1 to 10,000
 * @param cacheBytes memory for rendered entities; 0 keeps none
 */
public record OcciSettings(
        String product,
        Profile profile,
        String schemeBase,
        String realm,
        Optional<URI> keystone,
        int maxBody,
        int maxPage,
        long cacheBytes) {

    public OcciSettings {
        if (maxBody < 1024 || maxPage < 1 || maxPage > 10_000 || cacheBytes < 0) {
            throw new IllegalArgumentException(
                    "a body has at least 1024 bytes, a page 1 to 10000 members, and the cache is not negative");
        }
        if (realm.indexOf('"') >= 0 || realm.indexOf('\\') >= 0 || realm.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a realm has no quotes, backslashes and control characters");
        }
    }

    /** Compatible, 1 MiB bodies, pages of 10,000, 64 MiB of cache. */
    public static OcciSettings standard(String product, String schemeBase) {
        return new OcciSettings(
                product, Profile.COMPATIBLE, schemeBase, "Hansa", Optional.empty(), 1 << 20, 10_000, 64L << 20);
    }

    public OcciSettings withProfile(Profile wanted) {
        return new OcciSettings(product, wanted, schemeBase, realm, keystone, maxBody, maxPage, cacheBytes);
    }

    public OcciSettings withKeystone(URI tokens) {
        return new OcciSettings(product, profile, schemeBase, realm, Optional.of(tokens), maxBody, maxPage, cacheBytes);
    }

    public OcciSettings withCache(long bytes) {
        return new OcciSettings(product, profile, schemeBase, realm, keystone, maxBody, maxPage, bytes);
    }
}
