package hansa.faces.rest;

import hansa.federation.caller.Caller;
import hansa.federation.identity.Identity;
import hansa.federation.identity.LoginIssuer;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import hansa.trust.AssertionSigner.Signed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code /issuers}, where people log in, and {@code /assertions}, with which they go on to other sites. */
final class FederationRoutes {

    private final Wire wire;
    private final Identity identity;

    FederationRoutes(Wire wire, Identity identity) {
        this.wire = wire;
        this.identity = identity;
    }

    record Issuer(String name, String issuer, String clientId, List<String> scopes, Optional<String> resource) {

        static Issuer of(LoginIssuer login) {
            return new Issuer(login.name(), login.issuer(), login.clientId(), login.scopes(), login.resource());
        }
    }

    record AssertionWish(String audience, Optional<String> vo) {}

    record Assertion(String assertion, String audience, Optional<String> vo, Instant expires) {
        @Override
        public String toString() {
            return "Assertion[hidden]";
        }
    }

    List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(
                Routes.anyone(Method.GET, "/issuers", this::issuers),
                Routes.caller(Method.POST, "/assertions", this::assertion));
    }

    private Response issuers(Request request) {
        List<Issuer> all = identity.logins().stream().map(Issuer::of).toList();
        return wire.answer(
                200, Listing.paged(all, Issuer::name, Routes.path(request, "issuers"), Query.ofList(request)));
    }

    private Response assertion(Request request, Caller caller) {
        AssertionWish wanted = wire.read(request, AssertionWish.class);
        Signed signed = identity.assertions().issue(caller, wanted.audience(), wanted.vo());
        return wire.answer(201, new Assertion(signed.assertion(), wanted.audience(), caller.vo(), signed.expires()))
                .with("Cache-Control", "no-store");
    }
}
