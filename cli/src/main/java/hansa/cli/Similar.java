package hansa.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds what somebody may have meant by a word. */
final class Similar {

    private static final int LONGEST = 40;

    private Similar() {}

    /** The known word that begins so, or takes the fewest edits, where these are few for its length. */
    static Optional<String> to(String word, List<String> known) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        return known.stream()
                .filter(candidate -> word.length() > 1 && candidate.startsWith(word))
                .findFirst()
                .or(() -> known.stream()
                        .min(Comparator.comparingInt(candidate -> edits(word, candidate)))
                        .filter(candidate -> edits(word, candidate)
                                <= Math.min(candidate.length() - 1, Math.max(2, candidate.length() / 3))));
    }

    private static int edits(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
