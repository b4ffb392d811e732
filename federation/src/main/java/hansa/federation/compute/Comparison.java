package hansa.federation.compute;

import hansa.federation.compute.ResourceTable.Known;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Compares what is at a cloud with what the store knows, both in the order of their tokens: piece by piece from the
 * store, so that its size does not matter.
 */
final class Comparison {

    private static final int PIECE = 1000;

    private final List<Watching.Found> found;
    private final BiFunction<String, Integer, List<Known>> known;
    private final Consumer<List<String>> wake;
    private final Set<Watching.Found> strays = new HashSet<>();
    private int next;

    /**
     * @param known the store's piece behind a token
     * @param wake gets the ids of what is not as the store has it
     */
    Comparison(
            List<Watching.Found> found, BiFunction<String, Integer, List<Known>> known, Consumer<List<String>> wake) {
        this.found = new ArrayList<>(found);
        this.found.sort(Comparator.comparing(one -> one.token().value()));
        this.known = known;
        this.wake = wake;
    }

    /** What the store does not know, or has twice. */
    Set<Watching.Found> run() {
        String last = "";
        List<Known> piece;
        do {
            piece = known.apply(last, PIECE);
            List<String> changed = new ArrayList<>();
            for (Known one : piece) {
                if (differs(one)) {
                    changed.add(one.id());
                }
                last = one.token();
            }
            if (!changed.isEmpty()) {
                wake.accept(changed);
            }
        } while (piece.size() == PIECE);
        while (next < found.size()) {
            strays.add(found.get(next++));
        }
        return strays;
    }

    private boolean differs(Known one) {
        while (next < found.size() && found.get(next).token().value().compareTo(one.token()) < 0) {
            strays.add(found.get(next++));
        }
        int first = next;
        while (next < found.size() && found.get(next).token().value().equals(one.token())) {
            next++;
        }
        int copies = next - first;
        if (copies > 1) {
            strays.addAll(found.subList(first, next));
        }
        if (copies == 0) {
            return one.seen() != Sight.NONE;
        }
        return found.subList(first, next).stream().noneMatch(candidate -> candidate.sight() == one.seen());
    }
}
