package hansa.cli.client;

import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * That somebody has logged in for a node.
 *
 * @param node scheme, host and port of the node that the tokens are for
 * @param issuer what the node's operator calls the provider
 * @param clientId as which they logged in
 * @param tokens where the provider gives out tokens
 * @param revocation where it takes them back, if it does
 * @param authority PEM file with the authority of its TLS certificate, where that is not one that Java knows
 * @param access what is shown to the node
 * @param refresh what a fresh one is got with
 * @param expires when the access token ends
 */
public record Session(
        URI node,
        String issuer,
        String clientId,
        URI tokens,
        Optional<URI> revocation,
        Optional<String> authority,
        String access,
        Optional<String> refresh,
        Instant expires) {

    Session with(String freshAccess, Optional<String> freshRefresh, Instant end) {
        return new Session(
                node,
                issuer,
                clientId,
                tokens,
                revocation,
                authority,
                freshAccess,
                freshRefresh.or(() -> refresh),
                end);
    }

    Json.Members toJson() {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("node", Json.of(node.toString()));
        members.put("issuer", Json.of(issuer));
        members.put("clientId", Json.of(clientId));
        members.put("tokens", Json.of(tokens.toString()));
        revocation.ifPresent(uri -> members.put("revocation", Json.of(uri.toString())));
        authority.ifPresent(file -> members.put("authority", Json.of(file)));
        members.put("access", Json.of(access));
        refresh.ifPresent(token -> members.put("refresh", Json.of(token)));
        members.put("expires", Json.of(expires.toString()));
        return new Json.Members(members);
    }

    /** Empty if the text is not what {@link #toJson} makes. */
    static Optional<Session> of(Json json) {
        if (!(json instanceof Json.Members members)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Session(
                    URI.create(members.text("node")),
                    members.text("issuer"),
                    members.text("clientId"),
                    URI.create(members.text("tokens")),
                    given(members, "revocation").map(URI::create),
                    given(members, "authority"),
                    members.text("access"),
                    given(members, "refresh"),
                    Instant.parse(members.text("expires"))));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> given(Json.Members members, String name) {
        return Optional.of(members.text(name)).filter(text -> !text.isEmpty());
    }

    /** Without the tokens. */
    @Override
    public String toString() {
        return "Session[" + node + ", " + issuer + "]";
    }
}
