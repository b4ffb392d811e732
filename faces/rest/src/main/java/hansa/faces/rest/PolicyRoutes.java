package hansa.faces.rest;

import static hansa.faces.rest.Routes.caller;

import hansa.federation.caller.Caller;
import hansa.federation.policies.Policies;
import hansa.federation.policies.PolicyEntry;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code /policies}: what people wrote about what callers may. */
final class PolicyRoutes {

    /** A policy of 1 MiB, escaped. */
    private static final long ONE = 3L * 1024 * 1024;

    private static final int USUAL_DIFFERENCES = 100;

    private final Wire wire;
    private final Policies policies;

    PolicyRoutes(Wire wire, Policies policies) {
        this.wire = wire;
        this.policies = policies;
    }

    record Policy(
            String name,
            String origin,
            long latest,
            Optional<Long> active,
            long generation,
            Optional<String> author,
            Instant changed) {

        static Policy of(PolicyEntry entry) {
            return new Policy(
                    entry.name(),
                    Texts.of(entry.origin()),
                    entry.latest(),
                    boxed(entry.active()),
                    entry.generation(),
                    Optional.of(entry.author()).filter(author -> !author.isEmpty()),
                    entry.changed());
        }
    }

    record PolicyVersion(
            String policy, long version, String text, String note, Optional<String> author, Instant created) {

        static PolicyVersion of(hansa.federation.policies.PolicyVersion version) {
            return new PolicyVersion(
                    version.policy(),
                    version.version(),
                    version.document(),
                    version.note(),
                    Optional.of(version.author()).filter(author -> !author.isEmpty()),
                    version.created());
        }
    }

    record PolicyWish(String text, Optional<String> note) {}

    record Activation(Optional<Long> version) {}

    record PolicyText(String name, String text) {}

    record DryRunWish(
            Optional<List<PolicyText>> put,
            Optional<List<String>> remove,
            Optional<Instant> since,
            Optional<Instant> until,
            Optional<Long> after,
            Optional<Integer> limit) {

        hansa.federation.policies.DryRunWish wanted() {
            Map<String, String> documents = new LinkedHashMap<>();
            put.orElse(List.of()).forEach(policy -> documents.put(policy.name(), policy.text()));
            try {
                return new hansa.federation.policies.DryRunWish(
                        documents,
                        remove.orElse(List.of()),
                        since,
                        until,
                        after.map(OptionalLong::of).orElse(OptionalLong.empty()),
                        limit.orElse(USUAL_DIFFERENCES));
            } catch (IllegalArgumentException e) {
                throw new Failure(ErrorCode.ATTRIBUTE_INVALID, "'limit' must be 1 to 1000.", e);
            }
        }
    }

    record DryRunResult(
            long examined,
            long nowDenied,
            long nowPermitted,
            List<DryRunDifference> differences,
            Optional<Long> after) {

        static DryRunResult of(hansa.federation.policies.DryRunResult result) {
            return new DryRunResult(
                    result.examined(),
                    result.nowDenied(),
                    result.nowPermitted(),
                    result.differences().stream().map(DryRunDifference::of).toList(),
                    boxed(result.before()));
        }
    }

    record DryRunDifference(
            long sequence,
            Instant at,
            String subject,
            String action,
            String type,
            String resource,
            String decision,
            String rule,
            String wouldBe,
            String wouldRule,
            String why) {

        static DryRunDifference of(hansa.federation.policies.DryRunResult.Difference difference) {
            var entry = difference.was().entry();
            return new DryRunDifference(
                    difference.was().sequence(),
                    entry.request().at(),
                    entry.request().subject().id(),
                    entry.request().action(),
                    entry.request().resource().type(),
                    entry.request().resource().id(),
                    AuditRoutes.decision(entry.permitted()),
                    entry.rule(),
                    AuditRoutes.decision(difference.would().permitted()),
                    difference.would().rule(),
                    difference.would().why());
        }
    }

    List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(
                caller(Method.GET, "/policies", this::list),
                caller(Method.POST, "/policies/dry-run", ONE, this::dryRun),
                caller(
                        Method.GET,
                        "/policies/{name}",
                        (request, caller) -> one(200, policies.get(caller, name(request)))),
                caller(Method.PUT, "/policies/{name}", ONE, this::put),
                caller(Method.DELETE, "/policies/{name}", (request, caller) -> {
                    policies.delete(caller, name(request), Generations.demanded(request));
                    return Response.empty(204);
                }),
                caller(Method.GET, "/policies/{name}/versions", this::versions),
                caller(Method.GET, "/policies/{name}/versions/{version}", this::version),
                caller(Method.POST, "/policies/{name}/activate", this::activate));
    }

    private Response list(Request request, Caller caller) {
        List<Policy> all = policies.list(caller).stream().map(Policy::of).toList();
        return wire.answer(
                200, Listing.paged(all, Policy::name, Routes.path(request, "policies"), Query.ofList(request)));
    }

    private Response put(Request request, Caller caller) {
        PolicyWish wanted = wire.read(request, PolicyWish.class);
        PolicyEntry entry = policies.put(
                caller, name(request), wanted.text(), wanted.note().orElse(""), Generations.demanded(request));
        return one(entry.latest() == 1 ? 201 : 200, entry);
    }

    private Response activate(Request request, Caller caller) {
        Activation wanted = wire.readIfAny(request, Activation.class);
        return one(
                200,
                policies.activate(
                        caller,
                        name(request),
                        wanted.version().map(OptionalLong::of).orElse(OptionalLong.empty()),
                        Generations.demanded(request)));
    }

    private Response versions(Request request, Caller caller) {
        Query query = Query.of(request);
        List<PolicyVersion> all = policies.history(caller, name(request)).stream()
                .map(PolicyVersion::of)
                .toList();
        return wire.answer(200, Listing.of(all, false, _ -> "", "", query));
    }

    private Response version(Request request, Caller caller) {
        String wanted = request.pathParameter("version");
        return wire.answer(
                200,
                policies.history(caller, name(request)).stream()
                        .filter(version -> Long.toString(version.version()).equals(wanted))
                        .findFirst()
                        .map(PolicyVersion::of)
                        .orElseThrow(() -> new Failure(
                                ErrorCode.RESOURCE_NOT_FOUND,
                                "The policy has no version '" + Wire.printable(wanted) + "'; list its versions.")));
    }

    private Response dryRun(Request request, Caller caller) {
        return wire.answer(
                200,
                DryRunResult.of(policies.dryRun(
                        caller, wire.read(request, DryRunWish.class).wanted())));
    }

    private Response one(int status, PolicyEntry entry) {
        return Generations.tagged(wire.answer(status, Policy.of(entry)), entry.generation());
    }

    private static String name(Request request) {
        return request.pathParameter("name");
    }

    private static Optional<Long> boxed(OptionalLong number) {
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }
}
