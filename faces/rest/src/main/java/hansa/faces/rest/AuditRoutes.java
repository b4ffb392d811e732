package hansa.faces.rest;

import static hansa.faces.rest.Routes.caller;

import hansa.federation.audit.AuditEntry;
import hansa.federation.audit.AuditPage;
import hansa.federation.audit.AuditQuery;
import hansa.federation.audit.Verification;
import hansa.federation.caller.Caller;
import hansa.federation.policies.AuditTrail;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import hansa.policy.AccessRequest;
import hansa.protocols.voms.Fqan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code /audit}: what was decided. */
final class AuditRoutes {

    private final Wire wire;
    private final AuditTrail trail;

    AuditRoutes(Wire wire, AuditTrail trail) {
        this.wire = wire;
        this.trail = trail;
    }

    record AuditRecord(
            long sequence,
            Instant at,
            String subject,
            String issuer,
            String proof,
            List<String> groups,
            Optional<String> vo,
            boolean operator,
            String action,
            String type,
            Optional<String> resource,
            Optional<String> owner,
            Optional<String> resourceVo,
            List<AuditAttribute> attributes,
            String decision,
            String rule,
            String by,
            Optional<String> why,
            String previous) {

        static AuditRecord of(hansa.federation.audit.AuditRecord record) {
            AuditEntry entry = record.entry();
            AccessRequest.Subject subject = entry.request().subject();
            AccessRequest.Resource resource = entry.request().resource();
            return new AuditRecord(
                    record.sequence(),
                    entry.request().at(),
                    subject.id(),
                    subject.issuer(),
                    subject.proof(),
                    subject.fqans().stream().map(Fqan::toString).toList(),
                    subject.vo(),
                    subject.operator(),
                    entry.request().action(),
                    resource.type(),
                    filled(resource.id()),
                    resource.owner(),
                    resource.vo(),
                    resource.attributes().entrySet().stream()
                            .map(attribute -> new AuditAttribute(attribute.getKey(), attribute.getValue()))
                            .toList(),
                    AuditRoutes.decision(entry.permitted()),
                    entry.rule(),
                    entry.source().text(),
                    filled(entry.why()),
                    record.previous());
        }

        private static Optional<String> filled(String text) {
            return Optional.of(text).filter(value -> !value.isEmpty());
        }
    }

    record AuditAttribute(String name, String value) {}

    record AuditVerification(
            boolean intact, long records, long first, long last, String head, Optional<AuditBreak> broken) {

        static AuditVerification of(Verification found) {
            return new AuditVerification(
                    found.broken().isEmpty(),
                    found.records(),
                    found.first(),
                    found.last(),
                    found.head(),
                    found.broken()
                            .map(broken ->
                                    new AuditBreak(broken.file(), broken.line(), broken.sequence(), broken.why())));
        }
    }

    record AuditBreak(String file, long line, long sequence, String why) {}

    static String decision(boolean permitted) {
        return permitted ? "permit" : "deny";
    }

    List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(
                caller(Method.GET, "/audit", this::list), caller(Method.GET, "/audit/verification", this::verify));
    }

    private Response list(Request request, Caller caller) {
        Query query = Query.ofList(request, "since", "until", "subject", "action", "resource", "decision", "rule");
        AuditQuery wanted = new AuditQuery(
                query.time("since"),
                query.time("until"),
                query.text("subject"),
                query.text("action"),
                query.text("resource"),
                query.text("decision").map(AuditRoutes::permitted),
                query.text("rule"),
                query.number("after", 1, Long.MAX_VALUE));
        AuditPage page = trail.page(caller, wanted, query.limit());
        List<AuditRecord> items = page.records().stream().map(AuditRecord::of).toList();
        if (page.before().isEmpty()) {
            return wire.answer(200, new Listing<>(items, Optional.empty(), Optional.empty()));
        }
        String after = Long.toString(page.before().getAsLong());
        return wire.answer(
                200,
                new Listing<>(
                        items,
                        Optional.of(after),
                        Optional.of(Listing.address(Routes.path(request, "audit"), query, after))));
    }

    private Response verify(Request request, Caller caller) {
        Query.of(request);
        return wire.answer(200, AuditVerification.of(trail.verify(caller)));
    }

    private static boolean permitted(String decision) {
        return switch (decision) {
            case "permit" -> true;
            case "deny" -> false;
            default ->
                throw new Failure(
                        ErrorCode.REQUEST_MALFORMED, "The query parameter 'decision' must be permit or deny.");
        };
    }
}
