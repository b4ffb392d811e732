package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;

/**
 * Logs in, and again before what it was given ends. A refusal is remembered for a while, since some Keystones lock out who
 * tries a wrong password often.
 */
final class Keystone {

    private static final Duration LONGEST_MARGIN = Duration.ofMinutes(5);
    private static final Duration LIFE_OF_VERSION_2 = Duration.ofHours(1);
    private static final Duration REMEMBERED = Duration.ofSeconds(30);

    private final Wire wire;
    private final Login login;
    private final Dialect dialect;
    private final Duration limit;
    private final InstantSource clock;
    private final ReentrantLock one = new ReentrantLock();
    private volatile Optional<Session> session = Optional.empty();
    private volatile Optional<Refused> refused = Optional.empty();

    private record Refused(String text, Instant until) {}

    Keystone(Wire wire, OpenStackSettings settings, InstantSource clock) {
        this.wire = wire;
        this.login = settings.login();
        this.dialect = settings.dialect();
        this.limit = settings.timeLimit();
        this.clock = clock;
    }

    /** One that holds for a while. Only one thread logs in at a time. */
    Session session() {
        Optional<Session> held = session.filter(this::fresh);
        if (held.isPresent()) {
            return held.get();
        }
        lock();
        try {
            Optional<Session> meanwhile = session.filter(this::fresh);
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            Optional<Refused> before = refused.filter(one -> clock.instant().isBefore(one.until()));
            if (before.isPresent()) {
                throw new CloudException.Unauthorised(before.get().text());
            }
            return logIn();
        } finally {
            one.unlock();
        }
    }

    private boolean fresh(Session one) {
        return clock.instant().isBefore(one.renewal());
    }

    private void lock() {
        try {
            if (!one.tryLock(limit.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)) {
                throw new CloudException.Unavailable("Keystone at " + login.keystone() + " does not answer in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException.Unavailable("the wait for Keystone was interrupted", e);
        }
    }

    private Session logIn() {
        try {
            Session made = scoped();
            session = Optional.of(made);
            refused = Optional.empty();
            return made;
        } catch (CloudException.Unauthorised e) {
            session = Optional.empty();
            refused = Optional.of(new Refused(e.text(), clock.instant().plus(REMEMBERED)));
            throw e;
        }
    }

    /** A service does not take it any more. */
    void forget(Session rejected) {
        lock();
        try {
            if (session.filter(held -> held.token().equals(rejected.token())).isPresent()) {
                session = Optional.empty();
            }
        } finally {
            one.unlock();
        }
    }

    /** The catalogue of the last login, if there was one. */
    Optional<Catalogue> known() {
        return session.map(Session::catalogue);
    }

    private Session scoped() {
        return dialect.logsInByVersion2() ? byVersion2() : byVersion3();
    }

    /** Older clouds know tokens only, which live for long. */
    private Session byVersion2() {
        if (!(login.credentials() instanceof Login.Credentials.Token(String token))) {
            throw new CloudException.Unauthorised("clouds of this dialect take a 'token' only");
        }
        URI tokens = URI.create(login.keystone().toString().replaceAll("/v3$", "/v2.0") + "/tokens");
        Answer answer = wire.call(HttpRequest.newBuilder(tokens)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        Answer.MAPPER.writeValueAsBytes(Map.of("auth", Map.of("token", Map.of("id", token))))))
                .build());
        if (!answer.succeeded()) {
            throw refusal("the login", answer);
        }
        JsonNode access = answer.json().path("access");
        return new Session(
                token,
                clock.instant().plus(LIFE_OF_VERSION_2),
                access.path("token").path("tenant").path("id").asString(""),
                new Catalogue(access.path("serviceCatalog")
                        .valueStream()
                        .flatMap(service -> Dialect.endpoints(service).stream())
                        .toList()));
    }

    private Session byVersion3() {
        Instant asked = clock.instant();
        Map<String, Object> auth = new LinkedHashMap<>();
        auth.put("identity", identity());
        login.scope().ifPresent(scope -> auth.put("scope", scope));
        Answer answer = wire.call(HttpRequest.newBuilder(URI.create(login.keystone() + "/auth/tokens"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Answer.MAPPER.writeValueAsBytes(Map.of("auth", auth))))
                .build());
        if (!answer.succeeded()) {
            throw refusal("the login", answer);
        }
        JsonNode token = answer.json().path("token");
        return new Session(
                subject(answer),
                renewal(asked, token),
                token.path("project").path("id").asString(""),
                Catalogue.of(token.path("catalog")));
    }

    private Map<String, Object> identity() {
        return switch (login.credentials()) {
            case Login.Credentials.Password(Map<String, Object> user) ->
                Map.of("methods", List.of("password"), "password", Map.of("user", user));
            case Login.Credentials.ApplicationCredential(String id, String secret) ->
                Map.of(
                        "methods",
                        List.of("application_credential"),
                        "application_credential",
                        Map.of("id", id, "secret", secret));
            case Login.Credentials.Token(String token) -> byToken(token);
            case Login.Credentials.AccessToken access -> byToken(unscoped(access));
        };
    }

    private static Map<String, Object> byToken(String token) {
        return Map.of("methods", List.of("token"), "token", Map.of("id", token));
    }

    /** A federated login gives a token without a project, which is then exchanged for one with. */
    private String unscoped(Login.Credentials.AccessToken access) {
        URI url = URI.create(login.keystone() + "/OS-FEDERATION/identity_providers/" + access.provider() + "/protocols/"
                + access.protocol() + "/auth");
        String bearer = access.current();
        if (!bearer.matches("[\\x21-\\x7e]+")) {
            throw new CloudException.Unauthorised("the access token for Keystone is empty or no token");
        }
        Answer answer = wire.call(HttpRequest.newBuilder(url)
                .header("Authorization", "Bearer " + bearer)
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
        if (!answer.succeeded()) {
            throw refusal("the federated login", answer);
        }
        return subject(answer);
    }

    /** Whoever stands before Keystone may answer 403 to what it does not believe. */
    private CloudException refusal(String what, Answer answer) {
        CloudException refusal = Refusals.of(what + " at " + login.keystone(), answer);
        return switch (answer.status()) {
            case 400, 401, 403, 404 ->
                new CloudException.Unauthorised("Keystone refuses " + what + " with " + login.credentials()
                        + login.credentials().doubt() + ": " + refusal.text());
            default -> refusal;
        };
    }

    private String subject(Answer answer) {
        return answer.header("X-Subject-Token")
                .filter(token -> token.matches("[\\x21-\\x7e]{1,65536}"))
                .orElseThrow(() -> new CloudException.Unavailable(
                        "Keystone at " + login.keystone() + " does not answer as it should: no token"));
    }

    /** By how long it lives, not by when it ends: our clock and Keystone's need not agree. */
    private static Instant renewal(Instant asked, JsonNode token) {
        // With an application credential that expires the end is told without its zone, which is UTC.
        Instant issued = Server.instant(token.path("issued_at").asString(""));
        Instant expires = Server.instant(token.path("expires_at").asString(""));
        if (issued.equals(Instant.EPOCH) || expires.equals(Instant.EPOCH)) {
            throw new CloudException.Unavailable("Keystone does not answer as it should: a token without its times");
        }
        Duration life = Duration.between(issued, expires);
        Duration margin = life.dividedBy(10);
        return asked.plus(life).minus(margin.compareTo(LONGEST_MARGIN) < 0 ? margin : LONGEST_MARGIN);
    }
}
