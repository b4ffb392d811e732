package hansa.federation.policies;

import java.time.Instant;

/**
 * What a policy was, or is.
 *
 * @param version counts from 1
 * @param note why it was written, 0 to 255 characters
 */
public record PolicyVersion(
        String policy, long version, String document, String note, String author, Instant created) {}
