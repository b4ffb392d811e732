package hansa.federation.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which records are wanted.
 *
 * @param since not before
 * @param until before
 * @param subject the id of who asked
 * @param action dotted, or a type with a star such as {@code machine.*}
 * @param resource the id of what it was asked about
 * @param permitted whether it was
 * @param rule the rule that decided
 * @param before only records with a lower sequence
 */
public record AuditQuery(
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<String> subject,
        Optional<String> action,
        Optional<String> resource,
        Optional<Boolean> permitted,
        Optional<String> rule,
        OptionalLong before) {

    public static final AuditQuery ALL = new AuditQuery(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty());

    boolean matches(AuditRecord record) {
        AuditEntry entry = record.entry();
        return until.map(entry.request().at()::isBefore).orElse(true)
                && subject.map(entry.request().subject().id()::equals).orElse(true)
                && action.map(wanted -> isAction(wanted, entry.request().action()))
                        .orElse(true)
                && resource.map(entry.request().resource().id()::equals).orElse(true)
                && permitted.map(wanted -> wanted == entry.permitted()).orElse(true)
                && rule.map(entry.rule()::equals).orElse(true);
    }

    boolean isTooOld(AuditRecord record) {
        return since.map(record.entry().request().at()::isBefore).orElse(false);
    }

    private static boolean isAction(String wanted, String action) {
        return wanted.endsWith(".*")
                ? action.startsWith(wanted.substring(0, wanted.length() - 1))
                : action.equals(wanted);
    }
}
