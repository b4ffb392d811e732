package hansa.trust.tokens;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** An OpenID provider, as it describes itself (OpenID Connect Discovery 1.0 §4, RFC 8414). Thread-safe. */
final class Provider {

    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration BETWEEN = Duration.ofSeconds(10);

    private final OidcSettings settings;
    private final Web web;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Optional<Known> known = Optional.empty();
    private volatile Optional<Trouble> trouble = Optional.empty();

    private record Known(Members metadata, Instant since) {}

    private record Trouble(IOException why, Instant since) {}

    Provider(OidcSettings settings, Web web, Clock clock) {
        this.settings = settings;
        this.web = web;
        this.clock = clock;
    }

    KeyRing keys() throws IOException {
        return KeyRing.parse(web.get(endpoint("jwks_uri"), Optional.empty()));
    }

    /** RFC 7662 §2. */
    Members introspect(String token) throws IOException {
        String client = settings.clientId().orElseThrow(() -> new IOException("no client-id is set"));
        String form = "token=" + encoded(token) + "&token_type_hint=access_token";
        Optional<String> basic = settings.clientSecret()
                .map(secret -> encoded(client) + ":" + encoded(secret))
                .map(pair -> "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII)));
        String whole = basic.isPresent() ? form : form + "&client_id=" + encoded(client);
        return parsed(web.post(endpoint("introspection_endpoint"), whole, basic));
    }

    /** OpenID Connect Core 1.0 §5.3. */
    Members userinfo(String token) throws IOException {
        return parsed(web.get(endpoint("userinfo_endpoint"), Optional.of(token)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private URI endpoint(String name) throws IOException {
        Object value = metadata().all().get(name);
        if (!(value instanceof String text)) {
            throw new IOException(settings.issuer() + " has no " + name);
        }
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IOException(settings.issuer() + " has a " + name + " that is no address", e);
        }
    }

    private Members metadata() throws IOException {
        Instant now = clock.instant();
        if (known.isPresent() && known.get().since().plus(FRESH).isAfter(now)) {
            return known.get().metadata();
        }
        asking.lock();
        try {
            if (known.isPresent() && known.get().since().plus(FRESH).isAfter(now)) {
                return known.get().metadata();
            }
            if (trouble.isPresent() && trouble.get().since().plus(BETWEEN).isAfter(now)) {
                throw new IOException(
                        trouble.get().why().getMessage(), trouble.get().why());
            }
            try {
                Members asked = discovered();
                known = Optional.of(new Known(asked, now));
                trouble = Optional.empty();
                return asked;
            } catch (IOException e) {
                trouble = Optional.of(new Trouble(e, now));
                throw e;
            }
        } finally {
            asking.unlock();
        }
    }

    private Members discovered() throws IOException {
        String issuer = settings.issuer();
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        Members metadata = parsed(web.get(URI.create(base + "/.well-known/openid-configuration"), Optional.empty()));
        if (!issuer.equals(metadata.all().get("issuer"))) {
            throw new IOException("what is at " + issuer + " calls itself by another name");
        }
        return metadata;
    }

    private static Members parsed(byte[] body) throws IOException {
        try {
            return Members.parse(body);
        } catch (ParseException e) {
            throw new IOException("an answer of the issuer is no JSON object", e);
        }
    }
}
