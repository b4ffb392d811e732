package hansa.faces.rest;

import static hansa.faces.rest.Routes.caller;

import hansa.federation.caller.Caller;
import hansa.federation.caller.Scope;
import hansa.federation.identity.Identity;
import hansa.federation.identity.IssuedToken;
import hansa.federation.identity.NewToken;
import hansa.federation.identity.TokenEntry;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import hansa.protocols.voms.Fqan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code /whoami}, {@code /users} and {@code /tokens}. */
final class IdentityRoutes {

    private static final long LONGEST_LIFETIME = 100L * 366 * 24 * 3600;

    private final Wire wire;
    private final Identity identity;

    IdentityRoutes(Wire wire, Identity identity) {
        this.wire = wire;
        this.identity = identity;
    }

    record Whoami(
            String subject,
            String issuer,
            String name,
            List<String> groups,
            Optional<String> vo,
            String proof,
            String scope,
            boolean operator) {

        static Whoami of(Caller caller) {
            return new Whoami(
                    caller.subject(),
                    caller.issuer(),
                    caller.name(),
                    caller.fqans().stream().map(Fqan::toString).toList(),
                    caller.vo(),
                    Texts.of(caller.proof()),
                    caller.scope().toString(),
                    caller.operator());
        }
    }

    record User(String name, boolean operator, Instant created) {

        static User of(hansa.federation.identity.User user) {
            return new User(user.name(), user.operator(), user.created());
        }
    }

    record NewUser(String name, String password, Optional<Boolean> operator) {
        @Override
        public String toString() {
            return "NewUser[name=" + name + ", password hidden]";
        }
    }

    record Token(
            String id,
            String subject,
            String issuer,
            String label,
            String scope,
            Optional<String> vo,
            boolean operator,
            Instant created,
            Optional<Instant> expires) {

        static Token of(TokenEntry token) {
            return new Token(
                    token.id(),
                    token.subject(),
                    token.issuer(),
                    token.label(),
                    token.scope().toString(),
                    token.vo(),
                    token.operator(),
                    token.created(),
                    token.expires());
        }
    }

    record TokenWish(String label, Optional<Long> lifetimeSeconds, Optional<String> scope, Optional<String> vo) {

        NewToken toToken() {
            if (lifetimeSeconds
                    .filter(seconds -> seconds < 1 || seconds > LONGEST_LIFETIME)
                    .isPresent()) {
                throw new Failure(
                        ErrorCode.ATTRIBUTE_INVALID,
                        "'lifetimeSeconds' must be 1 to " + LONGEST_LIFETIME
                                + "; leave it out for a token that lasts.");
            }
            return new NewToken(label, lifetimeSeconds.map(Duration::ofSeconds), toScope(), vo);
        }

        private Scope toScope() {
            try {
                return scope.map(Scope::parse).orElse(Scope.ALL);
            } catch (IllegalArgumentException e) {
                throw new Failure(ErrorCode.ATTRIBUTE_INVALID, "'scope': " + e.getMessage() + ".", e);
            }
        }
    }

    /** The only answer that holds a secret. */
    record NewTokenSecret(String id, String label, String secret, Optional<Instant> expires) {
        @Override
        public String toString() {
            return "NewTokenSecret[id=" + id + ", secret hidden]";
        }
    }

    List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(
                caller(Method.GET, "/whoami", (request, caller) -> {
                    Query.of(request);
                    return wire.answer(200, Whoami.of(caller));
                }),
                caller(Method.GET, "/users", this::users),
                caller(Method.POST, "/users", this::createUser),
                caller(Method.GET, "/users/{name}", (request, caller) -> wire.answer(200, user(request, caller))),
                caller(Method.DELETE, "/users/{name}", (request, caller) -> {
                    identity.users().delete(caller, request.pathParameter("name"));
                    return Response.empty(204);
                }),
                caller(Method.GET, "/tokens", this::tokens),
                caller(Method.POST, "/tokens", this::issue),
                caller(Method.GET, "/tokens/{id}", (request, caller) -> wire.answer(200, token(request, caller))),
                caller(Method.DELETE, "/tokens/{id}", (request, caller) -> {
                    identity.tokens().revoke(caller, request.pathParameter("id"));
                    return Response.empty(204);
                }));
    }

    private Response users(Request request, Caller caller) {
        List<User> all = identity.users().list(caller).stream().map(User::of).toList();
        return wire.answer(200, Listing.paged(all, User::name, Routes.path(request, "users"), Query.ofList(request)));
    }

    private User user(Request request, Caller caller) {
        String name = request.pathParameter("name");
        return identity.users().list(caller).stream()
                .filter(user -> user.name().equals(name))
                .findFirst()
                .map(User::of)
                .orElseThrow(() -> missing("user", name));
    }

    private Response createUser(Request request, Caller caller) {
        NewUser wanted = wire.read(request, NewUser.class);
        hansa.federation.identity.User made = identity.users()
                .create(
                        caller,
                        wanted.name(),
                        wanted.password(),
                        wanted.operator().orElse(false));
        return wire.answer(201, User.of(made)).with("Location", Routes.path(request, "users", made.name()));
    }

    private Response tokens(Request request, Caller caller) {
        List<Token> all = identity.tokens().list(caller).stream().map(Token::of).toList();
        return wire.answer(200, Listing.paged(all, Token::id, Routes.path(request, "tokens"), Query.ofList(request)));
    }

    private Token token(Request request, Caller caller) {
        String id = request.pathParameter("id");
        return identity.tokens().list(caller).stream()
                .filter(token -> token.id().equals(id))
                .findFirst()
                .map(Token::of)
                .orElseThrow(() -> missing("token", id));
    }

    private Response issue(Request request, Caller caller) {
        TokenWish wanted = wire.read(request, TokenWish.class);
        IssuedToken issued = identity.tokens().issue(caller, wanted.toToken());
        return wire.answer(201, new NewTokenSecret(issued.id(), wanted.label(), issued.secret(), issued.expires()))
                .with("Location", Routes.path(request, "tokens", issued.id()));
    }

    private static Failure missing(String noun, String name) {
        return new Failure(
                ErrorCode.RESOURCE_NOT_FOUND,
                "There is no " + noun + " '" + Wire.printable(name) + "'; list the " + noun
                        + "s for those that there are.");
    }
}
