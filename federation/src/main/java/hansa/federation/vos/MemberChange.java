package hansa.federation.vos;

import java.time.Instant;
import java.util.Optional;

/**
 * What shall become different; what is empty stays.
 *
 * @param suspended why; an empty text lets the member go on
 * @param expires when the membership shall end, in the future
 * @param forGood whether it shall not end at all
 */
public record MemberChange(
        Optional<String> name, Optional<String> suspended, Optional<Instant> expires, boolean forGood) {}
