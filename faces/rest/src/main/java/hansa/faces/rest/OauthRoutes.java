package hansa.faces.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Scope;
import hansa.federation.identity.Identity;
import hansa.federation.identity.Presented;
import hansa.federation.identity.SignedIn;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** {@code /oauth/token}: an assertion for a token (RFC 6749 §4.5, RFC 7522 §2.1). Says no in OAuth's own form. */
final class OauthRoutes {

    static final String TOKEN = "/oauth/token";

    private static final String SAML = "urn:ietf:params:oauth:grant-type:saml2-bearer";
    private static final long LARGEST = 384 * 1024;

    private final Wire wire;
    private final Identity identity;

    OauthRoutes(Wire wire, Identity identity) {
        this.wire = wire;
        this.identity = identity;
    }

    /** RFC 6749 §5.1. */
    record AccessToken(
            @JsonProperty("access_token") String token,
            @JsonProperty("token_type") String type,
            @JsonProperty("expires_in") long seconds,
            @JsonProperty("scope") String scope) {
        @Override
        public String toString() {
            return "AccessToken[hidden]";
        }
    }

    /** RFC 6749 §5.2. */
    record OauthError(
            @JsonProperty("error") String error,
            @JsonProperty("error_description") String description) {}

    List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(Routes.anyone(Method.POST, TOKEN, LARGEST, this::token));
    }

    private Response token(Request request) {
        FormBody form = FormBody.of(request);
        String grant = required(form, "grant_type");
        if (!grant.equals(SAML)) {
            return refusal(400, "unsupported_grant_type", "The only grant that is taken here is " + SAML + ".");
        }
        byte[] assertion = decoded(required(form, "assertion"));
        Optional<Scope> scope = scope(form);
        if (scope.isEmpty()) {
            return refusal(400, "invalid_scope", "A scope is like machine.create, machine.*, *.read or *.");
        }
        Presented presented = Presented.of(
                Optional.empty(), Optional.empty(), request.clientChain(), Optional.empty(), request.peer());
        SignedIn signedIn = identity.exchange(assertion, scope.get(), presented);
        return wire.answer(
                        200,
                        new AccessToken(
                                signedIn.secret(),
                                "Bearer",
                                signedIn.lifetime().toSeconds(),
                                scope.get().toString()))
                .with("Cache-Control", "no-store");
    }

    private static String required(FormBody form, String name) {
        return form.text(name)
                .orElseThrow(() -> new Failure(
                        ErrorCode.ATTRIBUTE_MISSING, "The parameter '" + name + "' is missing; give it a value."));
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    ErrorCode.ATTRIBUTE_INVALID, "The parameter 'assertion' is no base64url; encode it again.", e);
        }
    }

    private static Optional<Scope> scope(FormBody form) {
        try {
            return Optional.of(form.text("scope").map(Scope::parse).orElse(Scope.ALL));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** A credential that is not accepted is an invalid grant, which has status 400; see RFC 6749 §5.2. */
    Response refusal(Failure failure) {
        int status = Problems.status(failure.code(), false);
        return switch (status) {
            case 401 -> refusal(400, "invalid_grant", failure.text());
            case 403 -> refusal(400, "unauthorized_client", failure.text());
            case 429, 503 ->
                refusal(status, "temporarily_unavailable", failure.text()).with("Retry-After", Problems.RETRY_SECONDS);
            case 400, 415, 422 -> refusal(400, "invalid_request", failure.text());
            default -> refusal(status, status < 500 ? "invalid_request" : "server_error", failure.text());
        };
    }

    private Response refusal(int status, String error, String text) {
        String description = text.replaceAll("[^ !#-\\[\\]-~]", "?");
        return Response.of(status, "application/json", wire.bytes(new OauthError(error, description)))
                .with("Cache-Control", "no-store");
    }
}
