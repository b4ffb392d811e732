package hansa.federation.identity;

import java.time.Instant;
import java.util.Optional;

/** An API token as it is listed, without its secret. */
public record TokenEntry(
        String id, String subject, String label, boolean operator, Instant created, Optional<Instant> expires) {}
