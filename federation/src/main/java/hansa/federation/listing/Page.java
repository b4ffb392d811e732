package hansa.federation.listing;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.util.Optional;

/**
 * A piece of a list. Lists are in the order of the ids, which for ids that Hansa made is the order of creation.
 *
 * @param after only what comes after this id; costs the same everywhere in the list
 * @param offset how many to leave out first, 0 to 10,000,000; costs a little for each one left out
 * @param limit how many at most, 1 to {@value #MAX_LIMIT}
 */
public record Page(Optional<String> after, long offset, int limit) {

    public static final int MAX_LIMIT = 10_000;
    private static final long MAX_OFFSET = 10_000_000;

    public Page {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new Failure(
                    ErrorCode.REQUEST_TOO_LARGE, "A page has 1 to " + MAX_LIMIT + " entries, not " + limit + ".");
        }
        if (offset < 0 || offset > MAX_OFFSET) {
            throw new Failure(
                    ErrorCode.REQUEST_TOO_LARGE,
                    "A page starts at 0 to " + MAX_OFFSET + ", not " + offset + "; go on from an id instead.");
        }
    }

    public static Page first(int limit) {
        return new Page(Optional.empty(), 0, limit);
    }

    public static Page at(long offset, int limit) {
        return new Page(Optional.empty(), offset, limit);
    }

    public static Page after(String id, int limit) {
        return new Page(Optional.of(id), 0, limit);
    }
}
