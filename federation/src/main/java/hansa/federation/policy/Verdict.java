package hansa.federation.policy;

import hansa.federation.audit.AuditEntry.Source;
import hansa.policy.Decision;

/**
 * What came out of all that has a say.
 *
 * @param decision a permit without obligations, or a denial that names its rule
 * @param source who had the last word
 */
public record Verdict(Decision decision, Source source) {

    public boolean permitted() {
        return decision instanceof Decision.Permit;
    }

    /** The rule that decided. */
    public String rule() {
        return switch (decision) {
            case Decision.Permit(String rule, var _) -> rule;
            case Decision.Deny(String rule, String _) -> rule;
            case Decision.NotApplicable _, Decision.Indeterminate _ -> "default";
        };
    }

    /** One sentence where it is denied, else empty. */
    public String why() {
        return switch (decision) {
            case Decision.Deny(String _, String why) -> why;
            case Decision.Permit _, Decision.NotApplicable _, Decision.Indeterminate _ -> "";
        };
    }
}
