package hansa.faces.rest;

import hansa.federation.caller.Caller;
import hansa.federation.identity.Presented;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Face;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Hansa's own interface in JSON, described by the OpenAPI document at {@code /openapi.json} below its mount. The command
 * line and the portal are its clients. Thread-safe.
 *
 * <p>Closing it ends the requests that wait for a change; close it before the server that shows it.
 */
public final class RestFace implements Face<Rule, Optional<Caller>>, AutoCloseable {

    private final Services services;
    private final Problems problems;
    private final OauthRoutes oauth;
    private final Changes changes = new Changes();
    private final List<Route<Rule, Optional<Caller>>> routes;

    public RestFace(Services services) {
        Wire wire = new Wire();
        this.services = services;
        this.problems = new Problems(wire);
        this.oauth = new OauthRoutes(wire, services.identity());
        byte[] document = document();
        this.routes = Stream.of(
                        List.of(Routes.anyone(
                                Method.GET, "/openapi.json", _ -> Response.of(200, "application/json", document))),
                        new VmRoutes(wire, services.machines(), services.images(), changes).routes(),
                        new PlacementRoutes(wire, services.machines()).routes(),
                        new VmLinkRoutes(wire, services.machines(), services.links()).routes(),
                        new ImageRoutes(wire, services.images(), changes).routes(),
                        new ImageContentRoutes(wire, services.images()).routes(),
                        new VolumeRoutes(wire, services.volumes(), changes).routes(),
                        new NetworkRoutes(wire, services.networks(), changes).routes(),
                        new SiteRoutes(wire, services.sites()).routes(),
                        new InventoryRoutes(wire, services.sites()).routes(),
                        new ExistingRoutes(wire, services.existing()).routes(),
                        new UsageRoutes(wire, services.usage()).routes(),
                        new TagRoutes(wire, services.tags()).routes(),
                        new VoRoutes(
                                        wire,
                                        services.vos().organisations(),
                                        services.vos().quotas(),
                                        services.organisationUse())
                                .routes(),
                        new VoMappingRoutes(wire, services.vos().mappings()).routes(),
                        new VoAccountRoutes(wire, services.accounts()).routes(),
                        new VoMemberRoutes(
                                        wire,
                                        services.vos().members(),
                                        services.vos().requests())
                                .routes(),
                        new IdentityRoutes(wire, services.identity()).routes(),
                        oauth.routes(),
                        new PolicyRoutes(wire, services.policies()).routes(),
                        new AuditRoutes(wire, services.audit()).routes(),
                        new FederationRoutes(wire, services.identity()).routes())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String name() {
        return "rest";
    }

    @Override
    public List<Route<Rule, Optional<Caller>>> routes() {
        return routes;
    }

    @Override
    public Optional<Caller> admit(Rule rule, Request request) {
        return switch (rule) {
            case ANYONE -> Optional.empty();
            case CALLER -> Optional.of(authenticated(request));
        };
    }

    @Override
    public Optional<String> limitedAs(Optional<Caller> caller) {
        return caller.filter(known -> !known.operator()).map(Caller::id);
    }

    private Caller authenticated(Request request) {
        refuseOtherSites(request);
        return services.identity()
                .authenticate(Presented.of(
                        request.header("Authorization"),
                        request.header("X-Auth-Token"),
                        request.clientChain(),
                        request.header(Presented.VO_HEADER),
                        request.peer()));
    }

    /** A page of another site must not act with what a browser knows, or on an installation that is open on loopback. */
    private static void refuseOtherSites(Request request) {
        Optional<String> origin = request.header("Origin");
        if (origin.isPresent() && !origin.get().equals(request.origin())) {
            throw new Failure(
                    ErrorCode.POLICY_DENIED,
                    "Requests of pages from " + Wire.printable(origin.get())
                            + " are not taken here (rule 'same-origin'); call from " + request.origin()
                            + " or from a program.");
        }
    }

    @Override
    public Response refuse(Failure failure, Request request) {
        return request.path().equals(OauthRoutes.TOKEN) ? oauth.refusal(failure) : problems.of(failure, request);
    }

    @Override
    public List<Response.Header> commonHeaders() {
        return List.of(
                new Response.Header("Server", "Hansa"),
                new Response.Header("Cache-Control", "private, no-cache"),
                new Response.Header("X-Content-Type-Options", "nosniff"));
    }

    @Override
    public void close() {
        changes.close();
    }

    /** The OpenAPI document as it stands in the jar. */
    private static byte[] document() {
        try (InputStream in = RestFace.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("the OpenAPI document is missing from the jar");
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
