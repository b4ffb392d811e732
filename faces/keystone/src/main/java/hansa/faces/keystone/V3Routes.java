package hansa.faces.keystone;

import hansa.federation.caller.Caller;
import hansa.federation.identity.Identity;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import hansa.protocols.keystone.AuthRequest;
import hansa.protocols.keystone.AuthRequest.Scope;
import hansa.protocols.keystone.Domain;
import hansa.protocols.keystone.KeystoneReader;
import hansa.protocols.keystone.Links;
import hansa.protocols.keystone.Project;
import hansa.protocols.keystone.Service;
import hansa.protocols.keystone.Token;
import hansa.protocols.keystone.User;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Version 3: tokens, what they are good for, and federated sign-in. */
final class V3Routes {

    private static final String SUBJECT = "X-Subject-Token";
    private static final String FEDERATED = "/OS-FEDERATION/identity_providers/{provider}/protocols/{protocol}/auth";

    private final KeystoneReader reader = new KeystoneReader();
    private final Answers answers;
    private final Sessions sessions;
    private final SignIn signIn;
    private final VersionRoutes versions;
    private final Identity identity;
    private final Clock clock;

    V3Routes(
            Answers answers, Sessions sessions, SignIn signIn, VersionRoutes versions, Identity identity, Clock clock) {
        this.answers = answers;
        this.sessions = sessions;
        this.signIn = signIn;
        this.versions = versions;
        this.identity = identity;
        this.clock = clock;
    }

    /** Answers somebody who proved who they are. */
    @FunctionalInterface
    interface Known {
        Response handle(Request request, Caller caller);
    }

    static Route<Rule, Optional<Caller>> caller(Method method, String path, Known handler) {
        long body = method == Method.POST ? Bodies.LARGEST : 0;
        return new Route<>(
                method, path, Rule.CALLER, body, (request, caller) -> handler.handle(request, caller.orElseThrow()));
    }

    List<Route<Rule, Optional<Caller>>> routes() {
        List<Route<Rule, Optional<Caller>>> own = List.of(
                versions.v3(),
                new Route<>(Method.POST, "/auth/tokens", Rule.ANYONE, Bodies.LARGEST, (request, _) -> issue(request)),
                new Route<>(Method.GET, FEDERATED, Rule.ANYONE, 0, (request, _) -> federated(request)),
                new Route<>(Method.POST, FEDERATED, Rule.ANYONE, Bodies.LARGEST, (request, _) -> federated(request)),
                caller(Method.GET, "/auth/tokens", this::validate),
                caller(Method.DELETE, "/auth/tokens", this::revoke),
                caller(Method.GET, "/auth/projects", this::projects),
                caller(Method.GET, "/OS-FEDERATION/projects", this::projects),
                caller(Method.GET, "/projects", this::projects),
                caller(Method.GET, "/projects/{id}", this::project),
                caller(Method.GET, "/auth/domains", (request, _) -> domains(request)),
                caller(Method.GET, "/OS-FEDERATION/domains", (request, _) -> domains(request)),
                caller(Method.GET, "/auth/catalog", (request, _) -> catalogue(request)),
                caller(Method.GET, "/users/{user}", this::user),
                caller(Method.GET, "/users/{user}/projects", (request, caller) -> {
                    requireSelf(request, caller);
                    return projects(request, caller);
                }));
        return Stream.concat(own.stream(), new CredentialRoutes(answers, identity, clock).routes().stream())
                .toList();
    }

    /** Others' names, tokens and credentials are not shown here, to operators either: that is what REST is for. */
    static void requireSelf(Request request, Caller caller) {
        String wanted = request.pathParameter("user");
        if (!wanted.equals(Names.user(caller)) && !wanted.equals(caller.name())) {
            throw new Failure(
                    ErrorCode.POLICY_DENIED,
                    "This is for the user's own token (rule 'self'); yours is another user's.");
        }
    }

    private Response issue(Request request) {
        AuthRequest wanted = Bodies.read(request, reader::readV3);
        return issued(sessions.issue(signIn.prove(wanted.proof(), request), wanted.scope(), request), request);
    }

    /** Unscoped; the client then chooses a project and comes with the token that it got. */
    private Response federated(Request request) {
        SignIn.Proven proven =
                signIn.federated(request.pathParameter("provider"), request.pathParameter("protocol"), request);
        return issued(sessions.issue(proven, new Scope.Unscoped(), request), request);
    }

    private Response issued(Sessions.Issued issued, Request request) {
        return answers.json(201, Token.V3.of(issued.facts(), wantsCatalogue(request)))
                .with(SUBJECT, issued.token());
    }

    private Response validate(Request request, Caller caller) {
        String token = subject(request);
        Token.Facts facts = sessions.describe(token, caller, request);
        return answers.json(200, Token.V3.of(facts, wantsCatalogue(request))).with(SUBJECT, token);
    }

    private Response revoke(Request request, Caller caller) {
        String token = subject(request);
        sessions.describe(token, caller, request);
        identity.tokens().end(token);
        return Response.empty(204);
    }

    private static String subject(Request request) {
        return request.header(SUBJECT)
                .filter(token -> !token.isBlank())
                .orElseThrow(() -> new Failure(
                        ErrorCode.REQUEST_MALFORMED, "There is no header " + SUBJECT + "; send the token in it."));
    }

    private static boolean wantsCatalogue(Request request) {
        return !request.query().containsKey("nocatalog");
    }

    private Response projects(Request request, Caller caller) {
        Optional<String> name =
                request.query().getOrDefault("name", List.of()).stream().findFirst();
        return answers.json(
                200,
                Project.Many.of(
                        Names.projects(caller).stream()
                                .filter(ref -> name.map(ref.name()::equals).orElse(true))
                                .map(ref -> Project.of(ref.id(), ref.name(), root(request)))
                                .toList(),
                        self(request)));
    }

    private Response project(Request request, Caller caller) {
        String id = request.pathParameter("id");
        return Names.projects(caller).stream()
                .filter(ref -> ref.id().equals(id))
                .findFirst()
                .map(ref -> answers.json(200, new Project.One(Project.of(ref.id(), ref.name(), root(request)))))
                .orElseThrow(() -> new Failure(
                        ErrorCode.RESOURCE_NOT_FOUND, "There is no such project, or you are no member of it."));
    }

    private Response domains(Request request) {
        return answers.json(200, Domain.Many.theDefault(self(request)));
    }

    private Response catalogue(Request request) {
        return answers.json(200, new Service.Catalogue(sessions.catalogue(request), new Links(self(request))));
    }

    private Response user(Request request, Caller caller) {
        requireSelf(request, caller);
        return answers.json(200, new User.One(User.of(Names.user(caller), caller.name(), self(request))));
    }

    static String root(Request request) {
        return request.origin() + request.mount();
    }

    static String self(Request request) {
        return root(request) + request.path();
    }
}
