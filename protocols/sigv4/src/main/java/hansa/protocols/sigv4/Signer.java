package hansa.protocols.sigv4;

import hansa.protocols.sigv4.HttpMessage.Pair;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Signs requests with one access key. Safe for many threads; its text does not show the secret.
 */
public final class Signer {

    private final String accessKey;
    private final String secret;
    private final Optional<String> sessionToken;
    private final PathRule rule;

    /** @param sessionToken of temporary credentials; it is sent and signed */
    public Signer(String accessKey, String secret, Optional<String> sessionToken, PathRule rule) {
        this.accessKey = accessKey;
        this.secret = secret;
        this.sessionToken = sessionToken;
        this.rule = rule;
    }

    /**
     * @param message with all headers that are to be signed, {@code Host} among them
     * @return the headers that go with it besides
     */
    public List<Pair> sign(HttpMessage message, String region, String service, Instant now) {
        List<Pair> added = new ArrayList<>();
        added.add(new Pair("X-Amz-Date", CanonicalRequest.TIME.format(now)));
        sessionToken.ifPresent(token -> added.add(new Pair("X-Amz-Security-Token", token)));
        List<Pair> headers = new ArrayList<>(message.headers());
        headers.addAll(added);
        HttpMessage whole =
                new HttpMessage(message.method(), message.path(), message.query(), headers, message.payloadHash());
        Scope scope = new Scope(LocalDate.ofInstant(now, ZoneOffset.UTC), region, service);
        CanonicalRequest canonical =
                canonical(whole, headers.stream().map(Pair::name).toList());
        String signature = SigningKey.of(secret, scope).sign(canonical.stringToSign(now, scope));
        List<String> names = List.of(canonical.signedHeaders().split(";"));
        added.add(new Pair(
                "Authorization",
                new Authorization(accessKey, scope, now, names, signature, Optional.empty()).header()));
        return added;
    }

    private CanonicalRequest canonical(HttpMessage message, List<String> names) {
        try {
            return CanonicalRequest.of(message, names, rule);
        } catch (SigV4SyntaxException e) {
            throw new IllegalStateException("the names were taken from the message itself", e);
        }
    }

    @Override
    public String toString() {
        return "signer of " + accessKey;
    }
}
