package hansa.protocols.keystone;

import java.time.Instant;
import java.util.Optional;

/**
 * An application credential that a client wants (v3, §Application Credentials).
 *
 * @param description in its owner's words
 * @param expires empty = it does not end by itself
 * @param unrestricted whether it may make further credentials
 */
public record ApplicationCredentialWish(
        String name, Optional<String> description, Optional<Instant> expires, boolean unrestricted) {}
