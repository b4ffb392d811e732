package hansa.federation.vos;

import hansa.protocols.voms.Fqan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A member of a virtual organisation.
 *
 * @param caller see {@code Caller.id}
 * @param name what people call them
 * @param rights groups and roles beside the plain membership, in order
 * @param suspended why the membership does not count; empty while it does
 * @param expires when it ends; empty = never
 * @param generation rises with every change of this record
 */
public record Member(
        String vo,
        String caller,
        String name,
        List<Fqan> rights,
        Optional<String> suspended,
        Optional<Instant> expires,
        Instant joined,
        Instant changed,
        long generation) {

    public Member {
        rights = List.copyOf(rights);
    }

    /** Whether the membership counts. */
    public boolean isActive(Instant now) {
        return suspended.isEmpty() && (expires.isEmpty() || now.isBefore(expires.get()));
    }
}
