package hansa.federation.vos;

import hansa.protocols.voms.Fqan;
import java.time.Instant;
import java.util.Optional;

/**
 * A request to become a member of a virtual organisation or of a group, to be given a role, or to stay a member.
 *
 * @param words the applicant's reasons
 * @param reason the decision's
 * @param decidedBy see {@code Caller.id}
 */
public record JoinRequest(
        String id,
        Fqan wanted,
        String caller,
        String name,
        String words,
        State state,
        Optional<String> reason,
        Optional<String> decidedBy,
        Instant created,
        Instant changed,
        long generation) {

    public enum State {
        PENDING,
        APPROVED,
        REFUSED,
        WITHDRAWN
    }

    public String vo() {
        return wanted.vo();
    }
}
