package hansa.drivers.occi;

import java.util.Optional;
import java.util.function.Function;

/**
 * What asks the service in one name.
 *
 * @param account the one of the member who asks; empty = the federation
 */
record Session(
        Optional<String> account, Endpoint endpoint, Entities entities, Marked marked, Orders orders, Power power) {

    static Session ours(Endpoint endpoint) {
        return of(Optional.empty(), endpoint, new TokenLocks());
    }

    /** The same service in the name of a member. */
    Session askedBy(String member, Function<Transport, Asker> asker) {
        return of(Optional.of(member), endpoint.askedBy(asker), marked.locks());
    }

    private static Session of(Optional<String> account, Endpoint endpoint, TokenLocks locks) {
        Entities entities = new Entities(endpoint);
        return new Session(
                account,
                endpoint,
                entities,
                new Marked(endpoint, entities, locks),
                new Orders(endpoint),
                new Power(endpoint));
    }
}
