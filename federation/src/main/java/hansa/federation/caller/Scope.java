package hansa.federation.caller;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a credential may be used for, whatever its owner may do: patterns of dotted actions, where {@code *} stands for
 * one whole part. {@code *} alone is everything.
 *
 * @param patterns 1 to 32, for example {@code machine.*} or {@code *.read}
 */
public record Scope(Set<String> patterns) {

    private static final String ANY = "*";
    private static final int MOST = 32;

    public static final Scope ALL = new Scope(Set.of(ANY));

    public Scope {
        if (patterns.isEmpty() || patterns.size() > MOST) {
            throw new IllegalArgumentException("A scope has 1 to " + MOST + " patterns");
        }
        for (String pattern : patterns) {
            if (!pattern.equals(ANY) && !pattern.matches("([a-z-]+|\\*)\\.([a-z-]+|\\*)")) {
                throw new IllegalArgumentException("A scope is like machine.create, machine.*, *.read or *");
            }
        }
        patterns = Set.copyOf(patterns);
    }

    /** Reads a list with spaces between the patterns. */
    public static Scope parse(String text) {
        return new Scope(new TreeSet<>(List.of(text.strip().split(" +"))));
    }

    /** @param action dotted, two parts */
    public boolean allows(String action) {
        if (patterns.contains(ANY) || patterns.contains(action)) {
            return true;
        }
        int dot = action.indexOf('.');
        return patterns.contains(action.substring(0, dot) + ".*")
                || patterns.contains("*" + action.substring(dot))
                || patterns.contains("*.*");
    }

    public boolean isAll() {
        return patterns.contains(ANY);
    }

    /** Whether everything that the other scope allows is allowed by this one. */
    public boolean covers(Scope other) {
        return isAll() || other.patterns().stream().allMatch(this::coversPattern);
    }

    private boolean coversPattern(String pattern) {
        if (pattern.equals(ANY)) {
            return patterns.contains("*.*");
        }
        return allows(pattern);
    }

    /** The form that {@link #parse} reads, in order. */
    @Override
    public String toString() {
        return String.join(" ", List.copyOf(new TreeSet<>(patterns)));
    }
}
