package hansa.cli.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** An OpenID provider, as a public client asks it: over HTTPS, and over plain HTTP on loopback only. */
public final class Provider {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Trust trust;

    /** What it answered: success with members, or OAuth's error (RFC 6749 §5.2). */
    public record Answer(int status, Json.Members members) {

        public boolean isSuccess() {
            return status == 200;
        }

        /** Empty where it is none. */
        public String error() {
            return members.text("error");
        }
    }

    private Provider(Trust trust) {
        this.trust = trust;
    }

    /** @param authority PEM file, where its certificate is not of an authority that Java knows */
    public static Provider trusting(Optional<String> authority) {
        return new Provider(authority.map(file -> Trust.only(Path.of(file))).orElseGet(Trust::system));
    }

    /**
     * What it says about itself (OpenID Connect Discovery 1.0 §4).
     *
     * @throws Refusal also when it calls itself something else
     */
    public Json.Members metadata(String issuer) {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        Answer answer = exchange("GET", uri(base + "/.well-known/openid-configuration"), "");
        if (!answer.isSuccess() || !answer.members().text("issuer").equals(issuer)) {
            throw new Refusal(
                    Exit.FAILED, issuer + " does not describe itself as an OpenID provider; tell the operator");
        }
        return answer.members();
    }

    /** Sends a form. @throws Refusal when there is no answer, not when it is an error */
    public Answer post(URI uri, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return exchange("POST", uri, body);
    }

    /** @throws Refusal if the text is no address that may be asked */
    public static URI uri(String text) {
        try {
            URI uri = URI.create(text);
            boolean plain = "http".equals(uri.getScheme()) && isLoopback(String.valueOf(uri.getHost()));
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || plain)) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new Refusal(Exit.FAILED, "the provider gives an address that is none; tell the operator", e);
        }
        throw new Refusal(Exit.FAILED, "the provider is not asked at " + text + ", which is no https:// address");
    }

    private static boolean isLoopback(String host) {
        String bare = host.replaceAll("^\\[|]$", "");
        try {
            return bare.equals("localhost") || InetAddress.ofLiteral(bare).isLoopbackAddress();
        } catch (IllegalArgumentException aName) {
            return false;
        }
    }

    private Answer exchange(String method, URI uri, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        headers.put("User-Agent", "hansa-cli");
        if (!body.isEmpty()) {
            headers.put("Content-Type", "application/x-www-form-urlencoded");
        }
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        try (HttpConnection connection = HttpConnection.open(uri, trust)) {
            HttpConnection.Answer answer =
                    connection.exchange(method, target, headers, body.getBytes(StandardCharsets.US_ASCII), PATIENCE);
            boolean json = answer.header("content-type").orElse("").contains("json") && answer.body().length > 0;
            return new Answer(
                    answer.status(),
                    json && JsonText.parse(answer.body()) instanceof Json.Members members
                            ? members
                            : new Json.Members(Map.of()));
        } catch (SSLException e) {
            throw new Refusal(
                    Exit.REFUSED,
                    "the certificate of " + uri.getHost()
                            + " is not known here; give its authority with --issuer-ca FILE",
                    e);
        } catch (IOException e) {
            throw new Refusal(Exit.UNAVAILABLE, uri.getHost() + " does not answer; try again later", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
