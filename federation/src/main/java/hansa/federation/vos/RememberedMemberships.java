package hansa.federation.vos;

import hansa.federation.identity.Memberships;
import hansa.kernel.store.Store;
import hansa.protocols.voms.Fqan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The groups and roles of callers, and the rules of their organisations, from memory. A change that this node makes counts for the next question; one that
 * another node makes, within a second, which is how often the generation in the store is looked at.
 */
final class RememberedMemberships implements Memberships {

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int MOST = 20_000;
    private static final int ATTEMPTS = 5;
    private static final long NEVER = 0;
    private static final long STALE = -1;

    private final Store store;
    private final Clock clock;
    private volatile Known known = new Known(NEVER, Instant.MIN, Map.of());

    /** What was read under one generation. Compared by identity. */
    private static final class Known {
        private final long generation;
        private final Map<String, Rights> callers;
        private final Map<String, List<Mapping>> rules;
        private volatile Instant looked;

        Known(long generation, Instant looked, Map<String, List<Mapping>> rules) {
            this(generation, looked, rules, new ConcurrentHashMap<>());
        }

        private Known(long generation, Instant looked, Map<String, List<Mapping>> rules, Map<String, Rights> callers) {
            this.generation = generation;
            this.looked = looked;
            this.rules = rules;
            this.callers = callers;
        }

        Known unlooked() {
            return new Known(generation, Instant.MIN, rules, callers);
        }
    }

    /** @param until when the first of them ends */
    private record Rights(List<Fqan> fqans, Instant until) {}

    RememberedMemberships(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The store has changed. */
    synchronized void forget() {
        if (known.generation != NEVER) {
            known = new Known(STALE, Instant.MIN, known.rules);
        }
    }

    /** The next question is preceded by a look at the generation, and by no other that began before. */
    synchronized void lookAgain() {
        known = known.unlooked();
    }

    /**
     * The rules of a virtual organisation as they were when the last caller was asked about. Reads nothing, since it is
     * asked inside units of work.
     */
    List<Mapping> rules(String vo) {
        Known now = known;
        Known loaded = now.generation == NEVER ? current(clock.instant()) : now;
        return loaded.rules.getOrDefault(vo, List.of());
    }

    @Override
    public List<Fqan> of(String callerId) {
        Instant now = clock.instant();
        Known current = current(now);
        Rights rights = current.callers.get(callerId);
        if (rights == null || !now.isBefore(rights.until())) {
            rights = read(callerId, now);
            if (current.callers.size() >= MOST) {
                current.callers.clear();
            }
            current.callers.put(callerId, rights);
        }
        return rights.fqans();
    }

    private Known current(Instant now) {
        for (int attempt = 1; true; attempt++) {
            Known current = known;
            if (current.generation > NEVER
                    && now.isBefore(current.looked.plus(LOOK))
                    && !now.isBefore(current.looked)) {
                return current;
            }
            Known fresh = look(current, now);
            // Where it was told to look again meanwhile it does, or the rules would stay those from before the
            // question.
            if (replace(current, fresh) || attempt == ATTEMPTS) {
                return fresh;
            }
        }
    }

    private Known look(Known current, Instant now) {
        Known fresh = store.read(sql -> {
            long generation = sql.createQuery("select generation from vo_generation where id = 1")
                    .map((row, context) -> row.getLong(1))
                    .one();
            return generation == current.generation
                    ? current
                    : new Known(
                            generation,
                            now,
                            MappingTable.all(sql).stream().collect(Collectors.groupingBy(Mapping::vo)));
        });
        fresh.looked = now;
        return fresh;
    }

    /** Not where the store changed since: what was read then is for one question only. */
    private synchronized boolean replace(Known before, Known fresh) {
        if (known != before) {
            return false;
        }
        known = fresh;
        return true;
    }

    private Rights read(String callerId, Instant now) {
        Set<Fqan> fqans = new LinkedHashSet<>();
        Instant until = Instant.MAX;
        for (Member member : store.read(sql -> MemberTable.of(sql, callerId))) {
            if (member.isActive(now)) {
                fqans.addAll(member.fqans());
                until = member.expires().filter(until::isAfter).orElse(until);
            }
        }
        return new Rights(List.copyOf(fqans), until);
    }
}
