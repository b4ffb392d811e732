package hansa.federation.audit;

import java.util.Optional;

/**
 * How the chain was found.
 *
 * @param first the first record that there is; the log before it was deleted, or it is 1
 * @param last the last one
 * @param head the last line's hash: kept elsewhere, it shows later that the end was not cut off
 * @param broken the first place that is not as it was written
 */
public record Verification(long records, long first, long last, String head, Optional<Broken> broken) {

    /**
     * @param file the segment's name
     * @param line counts from 1
     * @param why one sentence
     */
    public record Broken(String file, long line, long sequence, String why) {}
}
