package hansa.trust;

import hansa.protocols.aarc.Entitlement;
import hansa.protocols.voms.Fqan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * For which virtual organisations an issuer may speak. What it says of others counts as not said: users are members of
 * many, and an issuer names them all to everybody.
 *
 * @param vos exact names; {@link #ANY} for all; none where it may speak for nobody
 * @param namespaces of the entitlements that are read, for example {@code urn:mace:egi.eu}; {@link #ANY} for all. An
 *     issuer that passes on what others say cannot be kept from naming groups of the same name otherwise
 * @param authorities behind the {@code #} of the entitlements that are read; {@link #ANY} for all, and for those without
 */
public record GroupRule(Set<String> vos, Set<String> namespaces, Set<String> authorities) {

    /** Stands for all there are. */
    public static final String ANY = "*";

    private static final int MOST = 256;
    private static final String MEMBER = "member";

    public GroupRule {
        vos = Set.copyOf(vos);
        namespaces = Set.copyOf(namespaces);
        authorities = Set.copyOf(authorities);
    }

    /**
     * What was read.
     *
     * @param fqans in the order in which the issuer named them, each once
     * @param leftOut texts that are no entitlement of a group, or of one that the issuer may not speak for
     */
    public record Groups(List<Fqan> fqans, List<String> leftOut) {

        public Groups {
            fqans = List.copyOf(fqans);
            leftOut = List.copyOf(leftOut);
        }
    }

    public boolean speaksFor(String vo) {
        return allows(vos, vo);
    }

    /** Takes at most 256 entitlements; further ones are left out. The role {@code member} is plain membership. */
    public Groups read(List<String> entitlements) {
        Set<Fqan> fqans = new LinkedHashSet<>();
        List<String> leftOut = new ArrayList<>();
        for (String text : entitlements) {
            Optional<Fqan> fqan = fqans.size() < MOST ? fqan(text) : Optional.empty();
            fqan.filter(read -> speaksFor(read.vo())).ifPresentOrElse(fqans::add, () -> leftOut.add(text));
        }
        return new Groups(List.copyOf(fqans), leftOut);
    }

    private Optional<Fqan> fqan(String text) {
        try {
            Entitlement read = Entitlement.parse(text);
            // A slash within a name would move the group to another place in the tree.
            boolean ours = read.groups().stream().noneMatch(group -> group.contains("/"))
                    && allows(namespaces, read.namespace())
                    && (authorities.contains(ANY)
                            || read.authority().filter(authorities::contains).isPresent());
            return ours
                    ? Optional.of(new Fqan(
                            "/" + String.join("/", read.groups()), read.role().filter(role -> !role.equals(MEMBER))))
                    : Optional.empty();
        } catch (IllegalArgumentException noMembership) {
            // Issuers put capabilities, assurance and names of other systems into the same list.
            return Optional.empty();
        }
    }

    private static boolean allows(Set<String> names, String name) {
        return names.contains(ANY) || names.contains(name);
    }
}
