package hansa.drivers.occi;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.Token;
import hansa.protocols.occi.OcciMessage;
import java.util.List;
import java.util.Optional;

/**
 * In whose name the service is asked. Machines may be a member's; everything else is the federation's own.
 *
 * @param persons empty where everything is made with the one account
 */
record Names(Session own, Optional<Persons> persons) {

    static Names of(Endpoint endpoint, Optional<Persons> persons) {
        return new Names(Session.ours(endpoint), persons);
    }

    /** @throws CloudException.InvalidRequest for an account where there are none */
    Session forNew(Optional<String> account) {
        if (account.isEmpty()) {
            return own;
        }
        Persons known = persons.orElseThrow(() -> new CloudException.InvalidRequest(
                "machines are made in no other name than ours, and not for '" + account.get() + "'; set 'partner'"));
        if (own.endpoint().peer().dialect() != Dialect.HANSA) {
            throw new CloudException.InvalidRequest(
                    "'partner' is set, but the service is no other Hansa, so nobody can be vouched for there");
        }
        return own.askedBy(account.get(), transport -> known.asMember(transport, account.get()));
    }

    Session of(Token machine) {
        return persons.flatMap(known -> known.accountOf(machine)).map(this::of).orElse(own);
    }

    /** Where members have machines, ids are made of tokens. */
    Session of(RemoteId machine) {
        return persons.isEmpty()
                ? own
                : own.endpoint()
                        .peer()
                        .marks()
                        .tokenOf(machine.value(), OcciMessage.empty())
                        .map(this::of)
                        .orElse(own);
    }

    /** @param account a member's, where there are {@link #persons} */
    Session of(String account) {
        return own.askedBy(account, transport -> persons.orElseThrow().asPerson(transport, account));
    }

    /** Of all members who have something there. */
    List<Session> members() {
        return persons.stream()
                .flatMap(known -> known.accounts().stream())
                .map(this::of)
                .toList();
    }
}
