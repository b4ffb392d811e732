package hansa.faces.keystone;

import java.util.Optional;

/**
 * A way to sign in by what others vouch for, as clients name it in the path.
 *
 * @param name what they call the identity provider
 * @param protocol what they call the way in which it vouches
 * @param issuer of the access tokens that it gives out; empty where it gives out certificates
 */
public record Provider(String name, String protocol, Optional<String> issuer) {}
