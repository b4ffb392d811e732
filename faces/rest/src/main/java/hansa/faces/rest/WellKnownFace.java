package hansa.faces.rest;

import hansa.federation.identity.SiteAssertions;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Face;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What others look for at a fixed place (RFC 8615): the keys that this site signs with. Mounted at the root. Thread-safe. */
public final class WellKnownFace implements Face<Rule, Optional<String>> {

    private final SiteAssertions assertions;
    private final Problems problems = new Problems(new Wire());

    public WellKnownFace(SiteAssertions assertions) {
        this.assertions = assertions;
    }

    @Override
    public String name() {
        return "well-known";
    }

    @Override
    public List<Route<Rule, Optional<String>>> routes() {
        return List.of(new Route<>(Method.GET, "/.well-known/jwks.json", Rule.ANYONE, 0, (_, _) -> keys()));
    }

    private Response keys() {
        byte[] keys = assertions.publicKeys().getBytes(StandardCharsets.UTF_8);
        return Response.of(200, "application/jwk-set+json", keys).with("Cache-Control", "max-age=300");
    }

    @Override
    public Optional<String> admit(Rule rule, Request request) {
        return Optional.empty();
    }

    @Override
    public Optional<String> limitedAs(Optional<String> caller) {
        return Optional.empty();
    }

    @Override
    public Response refuse(Failure failure, Request request) {
        return problems.of(failure, request);
    }

    @Override
    public List<Response.Header> commonHeaders() {
        return List.of(
                new Response.Header("Server", "Hansa"), new Response.Header("X-Content-Type-Options", "nosniff"));
    }
}
