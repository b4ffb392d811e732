package hansa.faces.rest;

import static hansa.faces.rest.Routes.caller;
import static hansa.faces.rest.VoRoutes.vo;

import hansa.cloud.CloudName;
import hansa.faces.rest.VoAccountWire.NewVoAccountRule;
import hansa.faces.rest.VoAccountWire.VoAccount;
import hansa.faces.rest.VoAccountWire.VoAccountRule;
import hansa.federation.accounts.AccountRule;
import hansa.federation.accounts.AccountRules;
import hansa.federation.caller.Caller;
import hansa.federation.listing.Page;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import hansa.protocols.voms.Fqan;
import java.util.List;
import java.util.Optional;

/** {@code /vos/{vo}/account-rules} and {@code /vos/{vo}/accounts}: under which accounts members work at clouds. */
final class VoAccountRoutes {

    private final Wire wire;
    private final AccountRules accounts;

    VoAccountRoutes(Wire wire, AccountRules accounts) {
        this.wire = wire;
        this.accounts = accounts;
    }

    List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(
                caller(Method.GET, "/vos/{vo}/account-rules", this::rules),
                caller(Method.PUT, "/vos/{vo}/account-rules/{cloud}", this::put),
                caller(Method.DELETE, "/vos/{vo}/account-rules/{cloud}", this::delete),
                caller(Method.PUT, "/vos/{vo}/account-rules/{cloud}/{fqan}", this::putFor),
                caller(Method.DELETE, "/vos/{vo}/account-rules/{cloud}/{fqan}", this::deleteFor),
                caller(Method.GET, "/vos/{vo}/accounts", this::list));
    }

    private static CloudName cloud(Request request) {
        return Texts.cloud(request.pathParameter("cloud"));
    }

    private static Fqan everybody(Request request) {
        return VoRoutes.fqan("/" + vo(request));
    }

    private static Fqan some(Request request) {
        return VoRoutes.fqan(VoRoutes.within(request, request.pathParameter("fqan")));
    }

    private Response rules(Request request, Caller caller) {
        List<VoAccountRule> all = accounts.list(caller, vo(request)).stream()
                .map(VoAccountRule::of)
                .toList();
        String path = Routes.path(request, "vos", vo(request), "account-rules");
        return wire.answer(200, Listing.paged(all, VoAccountRule::key, path, Query.ofList(request)));
    }

    private Response put(Request request, Caller caller) {
        return put(request, caller, everybody(request));
    }

    private Response putFor(Request request, Caller caller) {
        return put(request, caller, some(request));
    }

    private Response put(Request request, Caller caller, Fqan fqan) {
        NewVoAccountRule wanted = wire.read(request, NewVoAccountRule.class);
        wanted.fqan()
                .map(text -> VoRoutes.fqan(VoRoutes.within(request, text)))
                .filter(other -> !other.equals(fqan))
                .ifPresent(other -> {
                    throw new Failure(
                            ErrorCode.ATTRIBUTE_INVALID,
                            "The path is that of the rule for '" + fqan + "', not for '" + other
                                    + "'; put the group or role behind the cloud in the path, percent-encoded.");
                });
        AccountRule made = accounts.put(
                caller,
                fqan,
                cloud(request),
                wanted.scheme(),
                wanted.push().orElse(false),
                Generations.demanded(request));
        return Generations.tagged(wire.answer(200, VoAccountRule.of(made)), made.generation());
    }

    private Response delete(Request request, Caller caller) {
        accounts.delete(caller, everybody(request), cloud(request));
        return Response.empty(204);
    }

    private Response deleteFor(Request request, Caller caller) {
        accounts.delete(caller, some(request), cloud(request));
        return Response.empty(204);
    }

    private Response list(Request request, Caller caller) {
        Query query = Query.ofList(request, "ended");
        boolean ended = switch (query.text("ended").orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Failure(ErrorCode.REQUEST_MALFORMED, "'ended' is true or false.");
        };
        Page page = new Page(query.after(), 0, query.limit() + 1);
        List<VoAccount> found = accounts.mappings(caller, vo(request), ended, page).stream()
                .map(VoAccount::of)
                .toList();
        boolean more = found.size() > query.limit();
        return wire.answer(
                200,
                Listing.of(
                        more ? found.subList(0, query.limit()) : found,
                        more,
                        VoAccount::id,
                        Routes.path(request, "vos", vo(request), "accounts"),
                        query));
    }
}
