package hansa.faces.keystone;

import static hansa.faces.keystone.V3Routes.caller;
import static hansa.faces.keystone.V3Routes.requireSelf;

import hansa.federation.caller.Caller;
import hansa.federation.caller.Scope;
import hansa.federation.identity.Identity;
import hansa.federation.identity.IssuedToken;
import hansa.federation.identity.NewToken;
import hansa.federation.identity.TokenEntry;
import hansa.federation.policy.Action;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import hansa.protocols.keystone.ApplicationCredential;
import hansa.protocols.keystone.ApplicationCredentialWish;
import hansa.protocols.keystone.KeystoneReader;
import hansa.protocols.keystone.Links;
import hansa.protocols.keystone.Token;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Application credentials: the caller's API tokens in Keystone's words. */
final class CredentialRoutes {

    private static final String ALL = "/users/{user}/application_credentials";

    /** What a restricted credential is not good for: making further ones. */
    private static final Set<String> KEPT_BACK = Set.of("token", "user");

    private final KeystoneReader reader = new KeystoneReader();
    private final Answers answers;
    private final Identity identity;
    private final Clock clock;

    CredentialRoutes(Answers answers, Identity identity, Clock clock) {
        this.answers = answers;
        this.identity = identity;
        this.clock = clock;
    }

    List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(
                caller(Method.GET, ALL, this::list),
                caller(Method.POST, ALL, this::create),
                caller(Method.GET, ALL + "/{id}", this::show),
                caller(Method.DELETE, ALL + "/{id}", this::delete));
    }

    private Response list(Request request, Caller caller) {
        requireSelf(request, caller);
        Optional<String> name =
                request.query().getOrDefault("name", List.of()).stream().findFirst();
        return answers.json(
                200,
                new ApplicationCredential.Many(
                        own(caller).stream()
                                .filter(entry -> name.map(entry.label()::equals).orElse(true))
                                .map(entry -> rendered(entry, request, caller))
                                .toList(),
                        new Links(V3Routes.self(request))));
    }

    private Response show(Request request, Caller caller) {
        requireSelf(request, caller);
        return answers.json(200, new ApplicationCredential.One(rendered(one(request, caller), request, caller)));
    }

    private Response create(Request request, Caller caller) {
        requireSelf(request, caller);
        ApplicationCredentialWish wish = Bodies.read(request, reader::readApplicationCredential);
        if (own(caller).stream().anyMatch(entry -> entry.label().equals(wish.name()))) {
            throw new Failure(
                    ErrorCode.RESOURCE_EXISTS,
                    "You have an application credential of this name already; choose another name.");
        }
        Scope scope = wish.unrestricted() ? caller.scope() : restricted(caller.scope());
        IssuedToken token = identity.tokens()
                .issue(
                        caller,
                        new NewToken(
                                wish.name(),
                                wish.expires().map(end -> Duration.between(clock.instant(), end)),
                                scope,
                                caller.vo(),
                                wish.description().orElse("")));
        TokenEntry entry = identity.tokens().describe(token.secret());
        return answers.json(
                201,
                new ApplicationCredential.One(rendered(entry, request, caller).withSecret(token.secret())));
    }

    /** Patterns can only say what is allowed, so that everything but the forbidden is listed. */
    private static Scope restricted(Scope scope) {
        Set<String> patterns = scope.isAll()
                ? Arrays.stream(Action.values())
                        .map(Action::type)
                        .filter(type -> !KEPT_BACK.contains(type))
                        .map(type -> type + ".*")
                        .collect(Collectors.toSet())
                : scope.patterns().stream()
                        .filter(pattern -> !pattern.startsWith("*")
                                && !KEPT_BACK.contains(pattern.substring(0, pattern.indexOf('.'))))
                        .collect(Collectors.toSet());
        if (patterns.isEmpty()) {
            throw new Failure(
                    ErrorCode.POLICY_DENIED,
                    "Your own credential is good for nothing that a restricted one may do (token.create, rule 'scope'); use one"
                            + " of wider scope.");
        }
        return new Scope(patterns);
    }

    private Response delete(Request request, Caller caller) {
        requireSelf(request, caller);
        identity.tokens().revoke(caller, one(request, caller).id());
        return Response.empty(204);
    }

    private List<TokenEntry> own(Caller caller) {
        return identity.tokens().list(caller).stream()
                .filter(entry -> entry.owner().equals(caller.id()))
                .toList();
    }

    private TokenEntry one(Request request, Caller caller) {
        String id = request.pathParameter("id");
        return own(caller).stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Failure(
                        ErrorCode.RESOURCE_NOT_FOUND, "You have no such application credential; list them."));
    }

    private static ApplicationCredential rendered(TokenEntry entry, Request request, Caller caller) {
        return ApplicationCredential.of(
                entry.id(),
                entry.label(),
                Optional.of(entry.description()).filter(text -> !text.isEmpty()),
                entry.vo().map(vo -> Names.project(vo).id()),
                entry.expires(),
                entry.scope().allows(Action.TOKEN_CREATE.dotted()),
                entry.vo().map(vo -> Names.roles(caller, vo)).orElse(List.<Token.Ref>of()),
                V3Routes.root(request) + "/users/" + Names.user(caller) + "/application_credentials/" + entry.id());
    }
}
