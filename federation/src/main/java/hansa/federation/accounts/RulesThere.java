package hansa.federation.accounts;

import hansa.protocols.voms.Fqan;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The rules of a virtual organisation at a cloud, of which one decides under which account somebody works. */
record RulesThere(List<AccountRule> rules) {

    RulesThere {
        rules = List.copyOf(rules);
    }

    /**
     * The narrowest rule of those that they satisfy. Of several of which none is narrower than the other, that which the
     * earliest of their groups and roles satisfies, and then that of the deeper group.
     *
     * @param fqans with which somebody acts, the primary one first; none at all count as plain membership
     */
    Optional<AccountRule> deciding(String vo, List<Fqan> fqans) {
        List<Fqan> shown = fqans.isEmpty() ? List.of(Fqan.member("/" + vo)) : fqans;
        List<AccountRule> satisfied = rules.stream()
                .filter(rule -> shown.stream().anyMatch(fqan -> fqan.satisfies(rule.fqan())))
                .toList();
        return satisfied.stream()
                .filter(rule -> satisfied.stream().noneMatch(other -> isNarrower(other, rule)))
                .min(Comparator.<AccountRule>comparingInt(rule -> earliest(shown, rule))
                        .thenComparing(rule -> rule.fqan().group().length(), Comparator.reverseOrder()));
    }

    private static boolean isNarrower(AccountRule rule, AccountRule than) {
        return !rule.fqan().equals(than.fqan()) && rule.fqan().satisfies(than.fqan());
    }

    private static int earliest(List<Fqan> fqans, AccountRule rule) {
        int at = 0;
        while (!fqans.get(at).satisfies(rule.fqan())) {
            at++;
        }
        return at;
    }
}
