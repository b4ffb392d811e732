package hansa.kernel.http;

import hansa.kernel.http.PathPattern.Literal;
import hansa.kernel.http.PathPattern.Parameter;
import hansa.kernel.http.PathPattern.Rest;
import hansa.kernel.http.PathPattern.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Finds what stands for a path: segment by segment from the left a literal wins over a parameter and a parameter over
 * the rest.
 *
 * <p>The patterns are compiled into a deterministic automaton, so that finding costs one map look-up for each segment
 * and never goes back, whatever the table looks like.
 */
final class RouteTrie<L> {

    /** Where a look-up stands: by literal, by any other segment that is not empty, by an empty one. */
    private record State<L>(
            Map<String, State<L>> literals, List<State<L>> other, List<State<L>> empty, Optional<L> leaf) {}

    /** Patterns that still fit, best first, each with how far it was read. */
    private record Candidate(int pattern, int read) {}

    private final State<L> start;

    private RouteTrie(State<L> start) {
        this.start = start;
    }

    /**
     * @param leaf makes what stands for the paths of patterns with the same shape
     */
    static <T, L> RouteTrie<L> compile(List<T> items, Function<T, PathPattern> pattern, Function<List<T>, L> leaf) {
        Map<List<Segment>, List<T>> byShape = new LinkedHashMap<>();
        for (T item : items) {
            byShape.computeIfAbsent(pattern.apply(item).shape(), _ -> new ArrayList<>())
                    .add(item);
        }
        List<List<Segment>> shapes =
                byShape.keySet().stream().sorted(RouteTrie::bySpecificity).toList();
        List<L> leaves =
                shapes.stream().map(shape -> leaf.apply(byShape.get(shape))).toList();
        List<Candidate> all = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            all.add(new Candidate(i, 0));
        }
        return new RouteTrie<>(new Compiler<>(shapes, leaves).state(all));
    }

    /** What stands for the path from the given segment on; a path that ends there counts as {@code /}. */
    Optional<L> find(RequestPath path, int from) {
        State<L> state = start;
        if (from >= path.length()) {
            return step(state, "").flatMap(State::leaf);
        }
        for (int i = from; i < path.length(); i++) {
            Optional<State<L>> next = step(state, path.segment(i));
            if (next.isEmpty()) {
                return Optional.empty();
            }
            state = next.get();
        }
        return state.leaf();
    }

    private static <L> Optional<State<L>> step(State<L> state, String segment) {
        State<L> literal = state.literals().get(segment);
        if (literal != null) {
            return Optional.of(literal);
        }
        List<State<L>> others = segment.isEmpty() ? state.empty() : state.other();
        return others.isEmpty() ? Optional.empty() : Optional.of(others.getFirst());
    }

    /** Sorting once puts every candidate list in order of preference, since all of them are read from the left. */
    private static int bySpecificity(List<Segment> a, List<Segment> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = Integer.compare(rank(a.get(i)), rank(b.get(i)));
            if (order == 0 && a.get(i) instanceof Literal(String x) && b.get(i) instanceof Literal(String y)) {
                order = x.compareTo(y);
            }
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    private static int rank(Segment segment) {
        return switch (segment) {
            case Literal _ -> 0;
            case Parameter _ -> 1;
            case Rest _ -> 2;
        };
    }

    private static final class Compiler<L> {

        private final List<List<Segment>> shapes;
        private final List<L> leaves;
        private final Map<List<Candidate>, State<L>> known = new HashMap<>();

        Compiler(List<List<Segment>> shapes, List<L> leaves) {
            this.shapes = shapes;
            this.leaves = leaves;
        }

        /** Rests stay at their place for ever, so a set of candidates may lead to itself. */
        State<L> state(List<Candidate> candidates) {
            State<L> seen = known.get(candidates);
            if (seen != null) {
                return seen;
            }
            Map<String, State<L>> literals = new HashMap<>();
            List<State<L>> other = new ArrayList<>(1);
            List<State<L>> empty = new ArrayList<>(1);
            State<L> state = new State<>(literals, other, empty, leaf(candidates));
            known.put(candidates, state);
            for (String literal : literals(candidates)) {
                literals.put(literal, state(after(candidates, segment -> fits(segment, literal))));
            }
            List<Candidate> withOther = after(candidates, segment -> !(segment instanceof Literal));
            if (!withOther.isEmpty()) {
                other.add(state(withOther));
            }
            List<Candidate> withEmpty = after(candidates, segment -> segment instanceof Rest);
            if (!withEmpty.isEmpty()) {
                empty.add(state(withEmpty));
            }
            return state;
        }

        private Optional<L> leaf(List<Candidate> candidates) {
            return candidates.stream()
                    .filter(candidate -> {
                        List<Segment> shape = shapes.get(candidate.pattern());
                        return candidate.read() == shape.size();
                    })
                    .findFirst()
                    .map(candidate -> leaves.get(candidate.pattern()));
        }

        private static boolean fits(Segment segment, String text) {
            return switch (segment) {
                case Literal(String literal) -> literal.equals(text);
                case Parameter _ -> !text.isEmpty();
                case Rest _ -> true;
            };
        }

        private Set<String> literals(List<Candidate> candidates) {
            Set<String> found = new TreeSet<>();
            for (Candidate candidate : candidates) {
                next(candidate).ifPresent(segment -> {
                    if (segment instanceof Literal(String text)) {
                        found.add(text);
                    }
                });
            }
            return found;
        }

        private List<Candidate> after(List<Candidate> candidates, Predicate<Segment> fits) {
            return candidates.stream()
                    .filter(candidate -> next(candidate).filter(fits).isPresent())
                    .map(this::advanced)
                    .toList();
        }

        /** The segment that a candidate waits for; none when it was read to its end. */
        private Optional<Segment> next(Candidate candidate) {
            List<Segment> shape = shapes.get(candidate.pattern());
            if (candidate.read() < shape.size()) {
                return Optional.of(shape.get(candidate.read()));
            }
            return shape.getLast() instanceof Rest rest ? Optional.of(rest) : Optional.empty();
        }

        private Candidate advanced(Candidate candidate) {
            int size = shapes.get(candidate.pattern()).size();
            return candidate.read() < size ? new Candidate(candidate.pattern(), candidate.read() + 1) : candidate;
        }
    }
}
