package hansa.drivers.occi;

import hansa.cloud.CloudException;
import hansa.cloud.Token;
import hansa.cloud.Vouching;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Asks another Hansa in the names of members for whom this node vouches. Each request has an assertion of its own, since
 * one is good for one.
 *
 * @param site what the other Hansa calls itself
 */
record Persons(Vouching vouching, String site) {

    Optional<String> accountOf(Token machine) {
        return vouching.accountOf(machine);
    }

    Set<String> accounts() {
        return vouching.accounts();
    }

    /** For what is new, which only members make. */
    Asker asMember(Transport transport, String account) {
        return request -> exchange(transport, request, account, () -> vouching.asMember(account, site));
    }

    /** For what is there already. */
    Asker asPerson(Transport transport, String account) {
        return request -> exchange(transport, request, account, () -> vouching.asPerson(account, site));
    }

    private static Answer exchange(Transport transport, Ask request, String account, Supplier<String> assertion) {
        Answer answer = transport.exchange(request.with("Authorization", "Bearer " + assertion.get()));
        if (answer.status() == 401) {
            // Somebody between us may have sent the request twice, and the second one is the one that we see answered.
            answer = transport.exchange(request.with("Authorization", "Bearer " + assertion.get()));
        }
        if (answer.status() == 401) {
            throw new CloudException.Unauthorised(
                    "the other Hansa does not take this site's word for who has the account '"
                            + account + "'; its administrator names this site, whose users it may send and for which"
                            + " organisations it speaks in identity.federation");
        }
        return answer;
    }
}
