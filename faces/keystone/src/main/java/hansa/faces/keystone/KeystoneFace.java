package hansa.faces.keystone;

import hansa.federation.caller.Caller;
import hansa.federation.identity.Identity;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Face;
import hansa.kernel.http.Mount;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Response.Header;
import hansa.kernel.http.Route;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * OpenStack's Identity API, v2.0 and v3, as far as clients need it to sign in: versions, tokens, projects, the
 * catalogue, federated sign-in, application credentials. Thread-safe.
 */
public final class KeystoneFace implements Face<Rule, Optional<Caller>> {

    private final List<Route<Rule, Optional<Caller>>> routes;
    private final SignIn signIn;
    private final Refusals refusals;

    private KeystoneFace(List<Route<Rule, Optional<Caller>>> routes, SignIn signIn, Refusals refusals) {
        this.routes = List.copyOf(routes);
        this.signIn = signIn;
        this.refusals = refusals;
    }

    /**
     * Where the face is shown on one listener: the versions beside each other at the root, as they always were, and below
     * {@code /keystone} once more, for clients that put the version behind an address themselves.
     */
    public static List<Mount> mounts(KeystoneSettings settings, Identity identity, Clock clock) {
        Answers answers = new Answers();
        Refusals refusals = new Refusals(answers);
        SignIn signIn = new SignIn(identity, settings.providers());
        Sessions sessions = new Sessions(identity, signIn, settings);
        VersionRoutes versions = new VersionRoutes(answers);
        List<Route<Rule, Optional<Caller>>> v2 = new V2Routes(answers, sessions, signIn, versions).routes();
        List<Route<Rule, Optional<Caller>>> v3 =
                new V3Routes(answers, sessions, signIn, versions, identity, clock).routes();
        KeystoneFace two = new KeystoneFace(v2, signIn, refusals);
        KeystoneFace three = new KeystoneFace(v3, signIn, refusals);
        KeystoneFace all = new KeystoneFace(versions.routes(), signIn, refusals);
        return List.of(
                new Mount("/v2.0", two),
                new Mount("/v3", three),
                new Mount("/keystone", all),
                new Mount("/keystone/v2.0", two),
                new Mount("/keystone/v3", three));
    }

    /**
     * The versions at a listener's root, for programs that ask there for JSON; whoever else asks is told where to look. Not
     * for a listener where something else has the root.
     */
    public static Mount atRoot(Identity identity) {
        Answers answers = new Answers();
        return new Mount(
                "",
                new KeystoneFace(
                        new VersionRoutes(answers).forPrograms(),
                        new SignIn(identity, List.of()),
                        new Refusals(answers)));
    }

    @Override
    public String name() {
        return "keystone";
    }

    @Override
    public List<Route<Rule, Optional<Caller>>> routes() {
        return routes;
    }

    @Override
    public Optional<Caller> admit(Rule rule, Request request) {
        refuseOtherSites(request);
        return switch (rule) {
            case ANYONE -> Optional.empty();
            case CALLER -> Optional.of(signIn.header(request));
        };
    }

    @Override
    public Optional<String> limitedAs(Optional<Caller> caller) {
        return caller.filter(known -> !known.operator()).map(Caller::id);
    }

    /** A page of another site must not sign in with the certificate that a browser has. */
    private static void refuseOtherSites(Request request) {
        Optional<String> origin = request.header("Origin");
        if (origin.isPresent() && !origin.get().equals(request.origin())) {
            throw new Failure(
                    ErrorCode.POLICY_DENIED,
                    "Requests of pages from other sites are not taken here (rule 'same-origin'); call from a program.");
        }
    }

    @Override
    public Response refuse(Failure failure, Request request) {
        return refusals.of(failure, request);
    }

    @Override
    public List<Header> commonHeaders() {
        return List.of(
                new Header("Server", "Hansa"),
                new Header("Vary", "X-Auth-Token"),
                new Header("Cache-Control", "no-store"),
                new Header("X-Content-Type-Options", "nosniff"));
    }
}
