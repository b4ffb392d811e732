package hansa.drivers.occi;

import java.util.Optional;

/**
 * What asks the service in one name.
 *
 * @param account the one of the member who asks; empty = the federation
 */
record Session(
        Optional<String> account, Endpoint endpoint, Entities entities, Marked marked, Orders orders, Power power) {

    static Session of(Optional<String> account, Endpoint endpoint) {
        Entities entities = new Entities(endpoint);
        return new Session(
                account, endpoint, entities, new Marked(endpoint, entities), new Orders(endpoint), new Power(endpoint));
    }
}
