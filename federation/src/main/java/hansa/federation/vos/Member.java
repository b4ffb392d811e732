package hansa.federation.vos;

import hansa.protocols.voms.Fqan;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /** Every group they are in and every role they have: who is in a group is in those above it. */
    public List<Fqan> fqans() {
        Set<Fqan> fqans = new LinkedHashSet<>();
        fqans.add(Fqan.member("/" + vo));
        for (Fqan right : rights) {
            String group = right.group();
            for (int end = group.indexOf('/', 1); end >= 0; end = group.indexOf('/', end + 1)) {
                fqans.add(Fqan.member(group.substring(0, end)));
            }
            fqans.add(Fqan.member(group));
            fqans.add(right);
        }
        return List.copyOf(fqans);
    }

    /** Whether the membership counts. */
    public boolean isActive(Instant now) {
        return suspended.isEmpty() && (expires.isEmpty() || now.isBefore(expires.get()));
    }
}
