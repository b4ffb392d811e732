package hansa.federation.control;

import hansa.federation.stored.Documents;
import java.time.Instant;
import java.util.Optional;

/**
 * What an event tells of a right.
 *
 * @param rule which rule denied or permitted it
 * @param why one sentence where it was denied; empty otherwise
 * @param then {@code suspend}, {@code stop} or {@code notice}: what follows a revocation
 * @param due when that follows; empty where nothing does
 */
record News(
        String machine,
        String owner,
        String vo,
        String state,
        String rule,
        String why,
        String then,
        Optional<Instant> due) {

    private static final Documents DOCUMENTS = Documents.builder().build();

    String json() {
        return DOCUMENTS.json(this);
    }
}
