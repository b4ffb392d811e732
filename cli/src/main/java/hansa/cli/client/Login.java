package hansa.cli.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Somebody's login at a node: the token that is shown, made fresh before it ends. */
public final class Login {

    private static final Duration EARLY = Duration.ofSeconds(60);
    private static final Duration UNSAID = Duration.ofMinutes(5);

    private final Sessions sessions;
    private final Clock clock;
    private Session session;

    public Login(Session session, Sessions sessions, Clock clock) {
        this.session = session;
        this.sessions = sessions;
        this.clock = clock;
    }

    public Session session() {
        return session;
    }

    /** The token to show now. @throws Refusal when it has ended and no fresh one is given */
    String token() {
        if (clock.instant().plus(EARLY).isBefore(session.expires())) {
            return session.access();
        }
        return renewed().orElseGet(() -> {
            if (clock.instant().isBefore(session.expires())) {
                return session.access();
            }
            throw ended();
        });
    }

    /** A fresh token, or another one that somebody got meanwhile; none where there is nothing to get it with. */
    Optional<String> renewed() {
        return sessions.alone(session.node(), this::renewedAlone);
    }

    private Optional<String> renewedAlone() {
        Session kept = sessions.find(session.node()).orElseThrow(Login::ended);
        boolean changed = !kept.access().equals(session.access());
        session = kept;
        if (changed && clock.instant().plus(EARLY).isBefore(kept.expires())) {
            return Optional.of(kept.access());
        }
        if (kept.refresh().isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", kept.refresh().get());
        form.put("client_id", kept.clientId());
        Provider.Answer answer = Provider.trusting(kept.authority()).post(kept.tokens(), form);
        if (answer.error().equals("invalid_grant")) {
            throw ended();
        }
        if (!answer.isSuccess()) {
            throw new Refusal(
                    Exit.UNAVAILABLE,
                    kept.issuer() + " gives no fresh token (" + answer.status() + "); try again later");
        }
        session = granted(kept, answer.members(), clock.instant());
        sessions.keep(session);
        return Optional.of(session.access());
    }

    private static Refusal ended() {
        return new Refusal(Exit.REFUSED, "your login has ended; log in again with 'hansa login'");
    }

    /** The session with the tokens that were given (RFC 6749 §5.1). @throws Refusal if there are none */
    public static Session granted(Session before, Json.Members given, Instant now) {
        String access = given.text("access_token");
        if (access.isEmpty() || !given.text("token_type").equalsIgnoreCase("Bearer")) {
            throw new Refusal(Exit.FAILED, before.issuer() + " gave no token of the kind that nodes take");
        }
        Duration lifetime = given.number("expires_in") > 0
                ? Duration.ofSeconds(Math.min(given.number("expires_in"), Integer.MAX_VALUE))
                : UNSAID;
        Optional<String> refresh = Optional.of(given.text("refresh_token")).filter(text -> !text.isEmpty());
        return before.with(access, refresh, now.plus(lifetime));
    }
}
