package hansa.faces.keystone;

import hansa.federation.caller.Caller;
import hansa.federation.identity.ApiTokens;
import hansa.federation.identity.Credentials;
import hansa.federation.identity.Identity;
import hansa.federation.identity.Presented;
import hansa.federation.identity.TokenEntry;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Request;
import hansa.protocols.keystone.AuthRequest.Named;
import hansa.protocols.keystone.AuthRequest.Proof;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Finds out who signs in, whichever way they choose. */
final class SignIn {

    private static final String TOKEN_PREFIX = "hansa_";

    private final Identity identity;
    private final List<Provider> providers;

    SignIn(Identity identity, List<Provider> providers) {
        this.identity = identity;
        this.providers = providers;
    }

    /**
     * Somebody who proved who they are.
     *
     * @param caller not yet in the name of a virtual organisation, unless their credential was issued for one alone
     * @param method what Keystone calls it
     * @param shown the token that they showed, where it was one
     */
    record Proven(Caller caller, String method, Optional<String> shown) {
        @Override
        public String toString() {
            return "Proven[caller=" + caller + ", method=" + method + ", shown hidden]";
        }
    }

    /** By the header: a token, or whatever else OCCI and REST take. */
    Caller header(Request request) {
        return identity.identify(Presented.of(
                request.header("Authorization"),
                request.header("X-Auth-Token"),
                request.clientChain(),
                Optional.empty(),
                request.peer()));
    }

    /** By the body. What the headers bring besides does not count: clients leave an older token there. */
    Proven prove(Proof proof, Request request) {
        return switch (proof) {
            case Proof.Password(Named user, String password) -> {
                String name = user.name().or(user::id).orElseThrow();
                yield new Proven(with(new Credentials.Basic(name, password), request), "password", Optional.empty());
            }
            case Proof.Token(String id) -> byToken(id, request);
            case Proof.ApplicationCredential credential -> byCredential(credential, request);
            case Proof.ClientCertificate _ -> byCertificate(request);
        };
    }

    /**
     * By the header of a federated sign-in: the provider's access token, or a certificate.
     *
     * @throws Failure {@code resource.not-found} where nobody configured the provider, or not with this protocol
     */
    Proven federated(String name, String protocol, Request request) {
        Provider provider = providers.stream()
                .filter(known -> known.name().equals(name) && known.protocol().equals(protocol))
                .findFirst()
                .orElseThrow(() -> new Failure(
                        ErrorCode.RESOURCE_NOT_FOUND,
                        "There is no such identity provider with that protocol here; its operator says what it is"
                                + " called."));
        return provider.issuer().isPresent()
                ? byAccessToken(provider.issuer().get(), protocol, request)
                : byCertificate(request);
    }

    private Proven byAccessToken(String issuer, String protocol, Request request) {
        Credentials credentials = Credentials.fromAuthorization(request.header("Authorization"));
        if (credentials instanceof Credentials.Bearer(String token)) {
            Caller caller = with(credentials, request);
            if (!identity.isOpen() && !caller.issuer().equals(issuer)) {
                throw new Failure(
                        ErrorCode.IDENTITY_INVALID,
                        "The access token is none of this identity provider's; get one there, or name the other one.");
            }
            return new Proven(caller, protocol, Optional.of(token));
        }
        throw new Failure(
                ErrorCode.IDENTITY_REQUIRED,
                "This identity provider vouches by access tokens; send one as 'Authorization: Bearer TOKEN', or sign in"
                        + " with a password at /v3/auth/tokens.");
    }

    Caller bearer(String token, Request request) {
        return with(new Credentials.Bearer(token), request);
    }

    private Proven byToken(String token, Request request) {
        return new Proven(bearer(token, request), "token", Optional.of(token));
    }

    /** An API token, its two parts apart, or whole as the secret. */
    private Proven byCredential(Proof.ApplicationCredential sent, Request request) {
        String token = sent.secret().startsWith(TOKEN_PREFIX)
                ? sent.secret()
                : ApiTokens.join(sent.credential().id().orElse(""), sent.secret());
        Caller caller = bearer(token, request);
        if (!identity.isOpen()) {
            TokenEntry entry = identity.tokens().describe(token);
            boolean meant = sent.credential().is(entry.id(), entry.label())
                    && sent.user()
                            .map(user -> user.is(Names.user(caller), caller.name()))
                            .orElse(true);
            if (!meant) {
                throw new Failure(
                        ErrorCode.IDENTITY_INVALID,
                        "The application credential is not the one that is named; check its id, name and user.");
            }
        }
        return new Proven(caller, "application_credential", Optional.of(token));
    }

    private Proven byCertificate(Request request) {
        if (request.clientChain().isEmpty() && !identity.isOpen()) {
            throw new Failure(
                    ErrorCode.IDENTITY_REQUIRED,
                    "No certificate came with the connection; make a proxy and give it to the client as certificate and"
                            + " key.");
        }
        return new Proven(with(new Credentials.None(), request), "mapped", Optional.empty());
    }

    private Caller with(Credentials credentials, Request request) {
        List<X509Certificate> chain = credentials instanceof Credentials.None ? request.clientChain() : List.of();
        return identity.identify(new Presented(credentials, chain, Optional.empty(), request.peer()));
    }
}
