package hansa.faces.keystone;

import hansa.federation.caller.Caller;
import hansa.federation.identity.Identity;
import hansa.federation.identity.IssuedToken;
import hansa.federation.identity.NewSession;
import hansa.federation.identity.TokenEntry;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Request;
import hansa.protocols.keystone.AuthRequest.Scope;
import hansa.protocols.keystone.Service;
import hansa.protocols.keystone.Token;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Gives tokens out to who signed in, and says what they are. */
final class Sessions {

    /** Clients need an end; this is one for tokens that have none. */
    private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

    private final Identity identity;
    private final SignIn signIn;
    private final KeystoneSettings settings;

    Sessions(Identity identity, SignIn signIn, KeystoneSettings settings) {
        this.identity = identity;
        this.signIn = signIn;
        this.settings = settings;
    }

    record Issued(String token, Token.Facts facts) {
        @Override
        public String toString() {
            return "Issued[token hidden, facts=" + facts + "]";
        }
    }

    Issued issue(SignIn.Proven proven, Scope scope, Request request) {
        IssuedToken token = identity.tokens()
                .session(
                        proven.caller(),
                        new NewSession(vo(scope, proven.caller()), settings.longest(), proven.shown()));
        TokenEntry entry = identity.tokens().describe(token.secret());
        return new Issued(token.secret(), facts(entry, proven.caller(), List.of(proven.method()), request));
    }

    private static Optional<String> vo(Scope scope, Caller caller) {
        return switch (scope) {
            case Scope.Unstated _, Scope.Unscoped _ -> Optional.empty();
            case Scope.Project(var project) ->
                Optional.of(Names.vo(project, caller)
                        .orElseThrow(() -> new Failure(
                                ErrorCode.POLICY_DENIED,
                                "There is no such project, or you are no member of that virtual organisation (rule 'member'); projects"
                                        + " of your own are at /v3/auth/projects.")));
            case Scope.Other(String kind) ->
                throw new Failure(
                        ErrorCode.ATTRIBUTE_INVALID,
                        "Tokens are for a project or for none, not for a " + kind + "; leave that scope out.");
        };
    }

    /**
     * What a token is: one's own, anybody's for operators.
     *
     * @throws Failure {@code resource.not-found}
     */
    Token.Facts describe(String token, Caller caller, Request request) {
        TokenEntry entry = identity.tokens().describe(token);
        if (!caller.operator() && !entry.owner().equals(caller.id())) {
            throw new Failure(ErrorCode.RESOURCE_NOT_FOUND, "The token is not yours; ask as its owner or an operator.");
        }
        return facts(entry, signIn.bearer(token, request), List.of("token"), request);
    }

    private Token.Facts facts(TokenEntry entry, Caller caller, List<String> methods, Request request) {
        return new Token.Facts(
                methods,
                Names.user(caller),
                caller.name(),
                entry.id(),
                entry.created(),
                entry.expires().orElse(NEVER),
                entry.vo().map(Names::project),
                entry.vo().map(vo -> Names.roles(caller, vo)).orElse(List.of()),
                catalogue(request));
    }

    List<Service> catalogue(Request request) {
        return List.of(
                Service.at(
                        Names.service("identity"), "identity", "keystone", settings.region(), request.origin() + "/v3"),
                Service.at(
                        Names.service("occi"),
                        "occi",
                        "hansa",
                        settings.region(),
                        request.origin() + settings.occiPath()));
    }
}
