package hansa.federation.audit;

import hansa.policy.AccessRequest;
import java.util.Locale;

/**
 * One decision.
 *
 * @param request all that was asked, so that it can be asked again
 * @param rule the rule that decided
 * @param why one sentence where it was denied, else empty
 */
public record AuditEntry(AccessRequest request, boolean permitted, String rule, Source source, String why) {

    /** Who had the say. */
    public enum Source {
        /** The credential was not given out for it. */
        SCOPE,
        /** The rules of the virtual organisation that it belongs to. */
        ORGANISATION,
        /** The site's own policies. */
        SITE,
        /** The configured policies. */
        POLICIES,
        /** The rules that are always there. */
        BUILT_IN;

        /** For example {@code built-in}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Source of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** Whether it is brought to the disk at once: a denial, or a permission to do more than to look. */
    boolean urgent() {
        return !permitted || !isLook(request.action());
    }

    private static boolean isLook(String action) {
        return action.endsWith(".read") || action.endsWith(".list") || action.endsWith(".evaluate");
    }
}
