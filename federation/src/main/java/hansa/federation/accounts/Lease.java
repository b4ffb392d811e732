package hansa.federation.accounts;

import hansa.cloud.CloudException;
import java.util.Optional;

/** What came of asking for an account. */
sealed interface Lease {

    record Held(AccountMapping mapping) implements Lease {}

    /** People work in the federation's own name there. */
    record NoRule() implements Lease {}

    /** All accounts of the pool are lent. */
    record Exhausted(String why) implements Lease {}

    /** Somebody else has the account. */
    record Taken(String why) implements Lease {}

    /** Outside of the unit of work in which it was asked for, so that what is kept is kept. */
    default Optional<AccountMapping> mappingOrRefusal() {
        return switch (this) {
            case Held(AccountMapping mapping) -> Optional.of(mapping);
            case NoRule _ -> Optional.empty();
            case Exhausted(String why) -> throw new CloudException.NoCapacity(why);
            case Taken(String why) -> throw new CloudException.Conflict(why);
        };
    }
}
