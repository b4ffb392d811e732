package hansa.trust.voms;

import hansa.protocols.voms.Fqan;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which groups and roles a certificate names, and in which order: sites take the first for what its holder wants to be.
 *
 * @param complete whether all that was to come first is among them
 */
record Selection(List<Fqan> fqans, boolean complete) {

    /** @throws NotHeld if something is wished for that the member does not have */
    static Selection of(Attested member, Wish wish) throws NotHeld {
        Set<Fqan> chosen = new LinkedHashSet<>();
        if (isForAllGroups(member.vo(), wish)) {
            chosen.add(Fqan.member("/" + member.vo()));
            member.fqans().stream().filter(fqan -> fqan.role().isEmpty()).forEach(chosen::add);
        } else {
            chosen.addAll(wish.fqans());
        }
        for (Fqan fqan : chosen) {
            if (!member.fqans().contains(fqan)) {
                throw new NotHeld(fqan);
            }
        }
        Set<Fqan> ordered = new LinkedHashSet<>(wish.order());
        boolean complete = chosen.containsAll(ordered);
        ordered.retainAll(chosen);
        ordered.addAll(chosen);
        return new Selection(List.copyOf(ordered), complete);
    }

    /** Clients name the virtual organisation alone where their users chose nothing. */
    private static boolean isForAllGroups(String vo, Wish wish) {
        return wish.fqans().isEmpty() || Set.copyOf(wish.fqans()).equals(Set.of(Fqan.member("/" + vo)));
    }
}
