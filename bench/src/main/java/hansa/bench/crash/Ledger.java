package hansa.bench.crash;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the clients asked of the node and what it acknowledged. A request that got no answer may or may not have taken
 * effect; one that was answered must have. Safe for many threads.
 */
final class Ledger {

    private final Map<String, Entry> entries = new TreeMap<>();

    /** How far a request came. */
    enum Word {
        NOT_ASKED,
        ASKED,
        ACKNOWLEDGED
    }

    /**
     * One machine, known by its title, which no other machine ever has.
     *
     * @param location where the node said that it is, as soon as it was acknowledged
     */
    record Entry(String title, Word creation, Word deletion, Optional<URI> location) {

        boolean mustBeThere() {
            return creation == Word.ACKNOWLEDGED && deletion == Word.NOT_ASKED;
        }

        boolean mustBeGone() {
            return deletion == Word.ACKNOWLEDGED;
        }
    }

    synchronized void creationAsked(String title) {
        entries.put(title, new Entry(title, Word.ASKED, Word.NOT_ASKED, Optional.empty()));
    }

    synchronized void created(String title, URI location) {
        entries.put(title, new Entry(title, Word.ACKNOWLEDGED, Word.NOT_ASKED, Optional.of(location)));
    }

    /** The node said no, which it may only do without having done it. */
    synchronized void refused(String title) {
        entries.remove(title);
    }

    synchronized void deletionAsked(String title) {
        entries.computeIfPresent(title, (t, e) -> new Entry(t, e.creation(), Word.ASKED, e.location()));
    }

    synchronized void deleted(String title) {
        entries.computeIfPresent(title, (t, e) -> new Entry(t, e.creation(), Word.ACKNOWLEDGED, e.location()));
    }

    synchronized Collection<Entry> entries() {
        return List.copyOf(entries.values());
    }

    synchronized Optional<Entry> entry(String title) {
        return Optional.ofNullable(entries.get(title));
    }
}
