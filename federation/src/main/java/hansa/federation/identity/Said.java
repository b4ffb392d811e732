package hansa.federation.identity;

import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.caller.Scope;
import hansa.federation.stored.Micros;
import hansa.kernel.store.Store;
import hansa.protocols.voms.Fqan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * What the credentials of others said last of their owners, for when the owners are not here: groups and roles, each with
 * when it was said. Written when something changes, and once an hour while it does not.
 */
final class Said {

    private static final Duration FRESH = Duration.ofHours(1);
    private static final int MOST = 64;

    private final Store store;
    private final Clock clock;

    Said(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    private record Entry(Caller caller, Map<Fqan, Instant> fqans, Instant seen) {}

    /** @param caller as the credential alone proves them */
    void keep(Caller caller) {
        Instant now = clock.instant();
        Optional<Entry> before = store.read(sql -> find(sql, caller.id()));
        Map<Fqan, Instant> merged = merged(before.map(Entry::fqans).orElse(Map.of()), caller, now);
        boolean same = before.filter(entry -> entry.fqans().keySet().equals(merged.keySet())
                        && now.isBefore(entry.seen().plus(FRESH)))
                .isPresent();
        if (!same) {
            store.run(tx -> write(tx.sql(), caller, merged, now));
        }
    }

    /**
     * A provider of access tokens and assertions lists all groups each time, so what it leaves out has ended. A proxy has what
     * its owner asked for, and says nothing of other organisations; a bare certificate says nothing at all.
     */
    private static Map<Fqan, Instant> merged(Map<Fqan, Instant> before, Caller caller, Instant now) {
        Map<Fqan, Instant> merged = new LinkedHashMap<>();
        caller.fqans().stream().limit(MOST).forEach(fqan -> merged.put(fqan, now));
        boolean whole = switch (caller.proof()) {
            case OIDC, SAML -> true;
            case CERTIFICATE, PROXY, ASSERTION, OPEN, TOKEN, BASIC, INTERNAL -> false;
        };
        if (!whole) {
            Set<String> spokenOf = caller.fqans().stream().map(Fqan::vo).collect(Collectors.toSet());
            before.forEach((fqan, said) -> {
                if (!spokenOf.contains(fqan.vo()) && merged.size() < MOST) {
                    merged.put(fqan, said);
                }
            });
        }
        return merged;
    }

    /** @param since what was said before is left out */
    Optional<Caller> last(String callerId, Instant since) {
        return store.read(sql -> find(sql, callerId))
                .map(entry -> entry.caller()
                        .withFqans(entry.fqans().entrySet().stream()
                                .filter(said -> !said.getValue().isBefore(since))
                                .map(Map.Entry::getKey)
                                .toList()));
    }

    private static Optional<Entry> find(Handle sql, String callerId) {
        return sql.createQuery(
                        "select subject, issuer, name, proof, fqans, seen from caller_said where caller = :caller")
                .bind("caller", callerId)
                .map((row, context) -> new Entry(
                        new Caller(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                List.of(),
                                Optional.empty(),
                                Proof.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
                                false,
                                Scope.ALL),
                        fqans(row.getString(5)),
                        Micros.instant(row.getLong(6))))
                .findOne();
    }

    /** Microseconds, a colon, the group or role; separated by spaces. */
    private static Map<Fqan, Instant> fqans(String text) {
        Map<Fqan, Instant> fqans = new LinkedHashMap<>();
        Stream.of(text.split(" ")).filter(said -> !said.isEmpty()).forEach(said -> {
            int colon = said.indexOf(':');
            fqans.put(Fqan.parse(said.substring(colon + 1)), Micros.instant(Long.parseLong(said.substring(0, colon))));
        });
        return fqans;
    }

    private static void write(Handle sql, Caller caller, Map<Fqan, Instant> fqans, Instant now) {
        sql.createUpdate("""
                        insert into caller_said (caller, subject, issuer, name, proof, fqans, seen)
                        values (:caller, :subject, :issuer, :name, :proof, :fqans, :seen)
                        on conflict (caller) do update set name = excluded.name, proof = excluded.proof,
                            fqans = excluded.fqans, seen = excluded.seen
                        """)
                .bind("caller", caller.id())
                .bind("subject", caller.subject())
                .bind("issuer", caller.issuer())
                .bind("name", caller.name())
                .bind("proof", caller.proof().name().toLowerCase(Locale.ROOT))
                .bind(
                        "fqans",
                        fqans.entrySet().stream()
                                .map(said -> Micros.of(said.getValue()) + ":" + said.getKey())
                                .collect(Collectors.joining(" ")))
                .bind("seen", Micros.of(now))
                .execute();
    }
}
