package hansa.faces.rest;

import static hansa.faces.rest.Routes.caller;
import static hansa.faces.rest.Routes.operator;

import hansa.federation.caller.Caller;
import hansa.federation.identity.Identity;
import hansa.federation.identity.IssuedToken;
import hansa.federation.identity.TokenEntry;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
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

    record Whoami(String subject, String issuer, List<String> groups, String proof, boolean operator) {

        static Whoami of(Caller caller) {
            return new Whoami(
                    caller.subject(), caller.issuer(), caller.fqans(), Texts.of(caller.proof()), caller.operator());
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
            String id, String subject, String label, boolean operator, Instant created, Optional<Instant> expires) {

        static Token of(TokenEntry token) {
            return new Token(
                    token.id(), token.subject(), token.label(), token.operator(), token.created(), token.expires());
        }
    }

    record NewToken(String label, Optional<Long> lifetimeSeconds) {

        Optional<Duration> lifetime() {
            if (lifetimeSeconds
                    .filter(seconds -> seconds < 1 || seconds > LONGEST_LIFETIME)
                    .isPresent()) {
                throw new Failure(
                        ErrorCode.ATTRIBUTE_INVALID,
                        "'lifetimeSeconds' must be 1 to " + LONGEST_LIFETIME
                                + "; leave it out for a token that lasts.");
            }
            return lifetimeSeconds.map(Duration::ofSeconds);
        }
    }

    /** The only answer that holds a secret. */
    record NewTokenSecret(String id, String label, String secret) {
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
                operator(Method.GET, "/users", this::users),
                operator(Method.POST, "/users", this::createUser),
                operator(Method.GET, "/users/{name}", (request, caller) -> wire.answer(200, user(request, caller))),
                operator(Method.DELETE, "/users/{name}", (request, caller) -> {
                    identity.deleteUser(caller, request.pathParameter("name"));
                    return Response.empty(204);
                }),
                caller(Method.GET, "/tokens", this::tokens),
                caller(Method.POST, "/tokens", this::issue),
                caller(Method.GET, "/tokens/{id}", (request, caller) -> wire.answer(200, token(request, caller))),
                caller(Method.DELETE, "/tokens/{id}", (request, caller) -> {
                    identity.revokeToken(caller, request.pathParameter("id"));
                    return Response.empty(204);
                }));
    }

    private Response users(Request request, Caller caller) {
        List<User> all = identity.users(caller).stream().map(User::of).toList();
        return wire.answer(200, Listing.paged(all, User::name, Routes.path(request, "users"), Query.ofList(request)));
    }

    private User user(Request request, Caller caller) {
        String name = request.pathParameter("name");
        return identity.users(caller).stream()
                .filter(user -> user.name().equals(name))
                .findFirst()
                .map(User::of)
                .orElseThrow(() -> missing("user", name));
    }

    private Response createUser(Request request, Caller caller) {
        NewUser wanted = wire.read(request, NewUser.class);
        hansa.federation.identity.User made = identity.createUser(
                caller, wanted.name(), wanted.password(), wanted.operator().orElse(false));
        return wire.answer(201, User.of(made)).with("Location", Routes.path(request, "users", made.name()));
    }

    private Response tokens(Request request, Caller caller) {
        List<Token> all = identity.tokens(caller).stream().map(Token::of).toList();
        return wire.answer(200, Listing.paged(all, Token::id, Routes.path(request, "tokens"), Query.ofList(request)));
    }

    private Token token(Request request, Caller caller) {
        String id = request.pathParameter("id");
        return identity.tokens(caller).stream()
                .filter(token -> token.id().equals(id))
                .findFirst()
                .map(Token::of)
                .orElseThrow(() -> missing("token", id));
    }

    private Response issue(Request request, Caller caller) {
        NewToken wanted = wire.read(request, NewToken.class);
        IssuedToken issued = identity.issueToken(caller, wanted.label(), wanted.lifetime());
        return wire.answer(201, new NewTokenSecret(issued.id(), wanted.label(), issued.secret()))
                .with("Location", Routes.path(request, "tokens", issued.id()));
    }

    private static Failure missing(String noun, String name) {
        return new Failure(
                ErrorCode.RESOURCE_NOT_FOUND,
                "There is no " + noun + " '" + Wire.printable(name) + "'; list the " + noun
                        + "s for those that there are.");
    }
}
