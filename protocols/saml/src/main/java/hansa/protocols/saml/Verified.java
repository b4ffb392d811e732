package hansa.protocols.saml;

import java.util.Optional;

/**
 * What a signature covers.
 *
 * @param destination where a signed response was sent to; empty where only the assertion is signed
 */
public record Verified(Assertion assertion, Optional<String> destination) {}
