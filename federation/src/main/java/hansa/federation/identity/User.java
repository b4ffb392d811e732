package hansa.federation.identity;

import java.time.Instant;

/**
 * Somebody who signs in with a password.
 *
 * @param name 1 to 64 characters of {@code A-Z a-z 0-9 . _ - @}, starting with a letter or digit
 */
public record User(String name, boolean operator, Instant created) {}
