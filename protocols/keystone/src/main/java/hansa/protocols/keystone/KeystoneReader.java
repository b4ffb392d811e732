package hansa.protocols.keystone;

import hansa.protocols.keystone.AuthRequest.Named;
import hansa.protocols.keystone.AuthRequest.Proof;
import hansa.protocols.keystone.AuthRequest.Scope;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what clients send. Members that it does not know are passed over, as Keystone does; a member that is known and
 * has the wrong type is refused. Thread-safe.
 */
public final class KeystoneReader {

    private static final int MAX_DEPTH = 16;
    private static final int MAX_TEXT = 16 * 1024;

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(32)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The body of {@code POST /v2.0/tokens}, with the {@code voms} of keystone-voms, be it a text or not. */
    public AuthRequest readV2(byte[] body) throws KeystoneSyntaxException {
        JsonNode auth = object(tree(body), "auth");
        Optional<String> id = text(auth, "tenantId");
        Optional<String> name = text(auth, "tenantName");
        Scope scope = id.isEmpty() && name.isEmpty() ? new Scope.Unstated() : new Scope.Project(new Named(id, name));
        return new AuthRequest(proofV2(auth), scope);
    }

    private static Proof proofV2(JsonNode auth) throws KeystoneSyntaxException {
        JsonNode voms = auth.path("voms");
        if (voms.isBoolean() && voms.booleanValue()
                || voms.isString() && voms.stringValue().equals("true")) {
            return new Proof.ClientCertificate();
        }
        if (!voms.isMissingNode() && !voms.isNull()) {
            throw new KeystoneSyntaxException("'auth.voms' is there and not true; send true, or leave it out.");
        }
        if (auth.has("passwordCredentials")) {
            JsonNode credentials = object(auth, "passwordCredentials");
            return new Proof.Password(
                    named(text(credentials, "userId"), text(credentials, "username"), "auth.passwordCredentials"),
                    required(credentials, "password"));
        }
        if (auth.has("token")) {
            return new Proof.Token(required(object(auth, "token"), "id"));
        }
        throw new KeystoneSyntaxException(
                "'auth' says nothing to sign in with; send passwordCredentials, token or \"voms\": true.");
    }

    /** The body of {@code POST /v3/auth/tokens}. */
    public AuthRequest readV3(byte[] body) throws KeystoneSyntaxException {
        JsonNode auth = object(tree(body), "auth");
        return new AuthRequest(proofV3(object(auth, "identity")), scope(auth.path("scope")));
    }

    private static Proof proofV3(JsonNode identity) throws KeystoneSyntaxException {
        JsonNode methods = identity.path("methods");
        if (!methods.isArray() || methods.size() != 1 || !methods.get(0).isString()) {
            throw new KeystoneSyntaxException("'auth.identity.methods' is not an array with one method; send one.");
        }
        String method = methods.get(0).stringValue();
        return switch (method) {
            case "password" -> {
                JsonNode user = object(object(identity, method), "user");
                yield new Proof.Password(
                        named(text(user, "id"), text(user, "name"), "auth.identity.password.user"),
                        required(user, "password"));
            }
            case "token" -> new Proof.Token(required(object(identity, method), "id"));
            case "application_credential" -> {
                JsonNode credential = object(identity, method);
                JsonNode user = credential.path("user");
                yield new Proof.ApplicationCredential(
                        named(text(credential, "id"), text(credential, "name"), "auth.identity." + method),
                        user.isObject()
                                ? Optional.of(named(text(user, "id"), text(user, "name"), "user"))
                                : Optional.empty(),
                        required(credential, "secret"));
            }
            // keystone-voms as a method of v3, which some of its clients send.
            case "voms", "mapped" -> new Proof.ClientCertificate();
            default ->
                throw new KeystoneSyntaxException(
                        "The method is none of password, token, application_credential and mapped; send one of them.");
        };
    }

    private static Scope scope(JsonNode scope) throws KeystoneSyntaxException {
        if (scope.isMissingNode() || scope.isNull()) {
            return new Scope.Unstated();
        }
        if (scope.isString() && scope.stringValue().equals("unscoped") || scope.has("unscoped")) {
            return new Scope.Unscoped();
        }
        if (!scope.isObject()) {
            throw new KeystoneSyntaxException("'auth.scope' is no object; send {\"project\": ...}.");
        }
        if (scope.has("project")) {
            JsonNode project = object(scope, "project");
            return new Scope.Project(named(text(project, "id"), text(project, "name"), "auth.scope.project"));
        }
        for (String kind : List.of("domain", "system", "OS-TRUST:trust")) {
            if (scope.has(kind)) {
                return new Scope.Other(kind);
            }
        }
        throw new KeystoneSyntaxException("'auth.scope' names nothing that is known; send {\"project\": ...}.");
    }

    /** The body of {@code POST /v3/users/{id}/application_credentials}. */
    public ApplicationCredentialWish readApplicationCredential(byte[] body) throws KeystoneSyntaxException {
        JsonNode wish = object(tree(body), "application_credential");
        if (text(wish, "secret").isPresent()) {
            throw new KeystoneSyntaxException(
                    "'application_credential.secret' cannot be chosen; leave it out, and the answer has one.");
        }
        JsonNode rules = wish.path("access_rules");
        if (rules.isArray() && !rules.isEmpty()) {
            throw new KeystoneSyntaxException(
                    "'application_credential.access_rules' are not known here; leave them out.");
        }
        Optional<String> expires = text(wish, "expires_at");
        return new ApplicationCredentialWish(
                required(wish, "name"),
                text(wish, "description"),
                expires.isPresent() ? Optional.of(instant(expires.get())) : Optional.empty(),
                wish.path("unrestricted").isBoolean()
                        && wish.path("unrestricted").booleanValue());
    }

    /** Clients leave the zone out, and mean UTC. */
    private static Instant instant(String text) throws KeystoneSyntaxException {
        try {
            return text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new KeystoneSyntaxException("'expires_at' is no instant; send one like 2027-01-31T12:00:00Z.", e);
        }
    }

    private JsonNode tree(byte[] body) throws KeystoneSyntaxException {
        try {
            return mapper.readTree(body);
        } catch (JacksonException e) {
            throw new KeystoneSyntaxException(
                    e.getLocation() == null
                            ? "The body is not JSON."
                            : "The body is not JSON at line " + e.getLocation().getLineNr() + ", column "
                                    + e.getLocation().getColumnNr() + ".",
                    e);
        }
    }

    private static JsonNode object(JsonNode parent, String name) throws KeystoneSyntaxException {
        JsonNode member = parent.path(name);
        if (!member.isObject()) {
            throw new KeystoneSyntaxException("'" + name + "' is missing or no object; send one.");
        }
        return member;
    }

    private static String required(JsonNode parent, String name) throws KeystoneSyntaxException {
        return text(parent, name)
                .orElseThrow(() -> new KeystoneSyntaxException("'" + name + "' is missing; send it as a text."));
    }

    /** Empty where it is absent, null, or the empty text. */
    private static Optional<String> text(JsonNode parent, String name) throws KeystoneSyntaxException {
        JsonNode member = parent.path(name);
        if (member.isMissingNode() || member.isNull()) {
            return Optional.empty();
        }
        if (!member.isString() || member.stringValue().length() > MAX_TEXT) {
            throw new KeystoneSyntaxException(
                    "'" + name + "' is not a text of at most " + MAX_TEXT + " characters; send one.");
        }
        return Optional.of(member.stringValue()).filter(text -> !text.isEmpty());
    }

    private static Named named(Optional<String> id, Optional<String> name, String what) throws KeystoneSyntaxException {
        if (id.isEmpty() && name.isEmpty()) {
            throw new KeystoneSyntaxException("'" + what + "' has neither an id nor a name; send one of them.");
        }
        return new Named(id, name);
    }
}
