package hansa.cloud;

import java.time.Instant;
import java.util.Optional;

/**
 * One stretch of a machine's life in the books of its cloud: it had this size all the time.
 *
 * @param token empty where the cloud's books do not keep it
 * @param began when the cloud began to count
 * @param ended empty while it goes on
 */
public record RemoteUsage(
        RemoteId machine, Optional<Token> token, String name, Size size, Instant began, Optional<Instant> ended) {}
