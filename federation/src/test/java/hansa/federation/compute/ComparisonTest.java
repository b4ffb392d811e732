package hansa.federation.compute;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.RemoteId;
import hansa.cloud.Token;
import hansa.federation.compute.ResourceTable.Known;
import hansa.federation.compute.Watching.Found;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private final List<String> woken = new ArrayList<>();

    private Set<Found> compare(List<Found> found, List<Known> known) {
        List<Known> sorted =
                known.stream().sorted(Comparator.comparing(Known::token)).toList();
        return new Comparison(
                        found,
                        (after, limit) -> sorted.stream()
                                .filter(one -> one.token().compareTo(after) > 0)
                                .limit(limit)
                                .toList(),
                        woken::addAll)
                .run();
    }

    private static Found found(String token, long sight) {
        return new Found(new Token(token), new RemoteId("r-" + token), sight);
    }

    @Test
    void wakesWhatLooksDifferentAndWhatIsMissing() {
        Set<Found> strays = compare(
                List.of(found("a", 1), found("b", 2)),
                List.of(new Known("a", 1, "A"), new Known("b", 9, "B"), new Known("c", 3, "C")));
        assertThat(strays).isEmpty();
        assertThat(woken).containsExactly("B", "C");
    }

    @Test
    void leavesAloneWhatWasNeverSeen() {
        assertThat(compare(List.of(), List.of(new Known("a", Sight.NONE, "A")))).isEmpty();
        assertThat(woken).isEmpty();
    }

    @Test
    void reportsWhatTheStoreDoesNotKnow() {
        assertThat(compare(List.of(found("a", 1), found("x", 1)), List.of(new Known("a", 1, "A"))))
                .extracting(stray -> stray.token().value())
                .containsExactly("x");
    }

    @Test
    void reportsAllCopiesOfOneToken() {
        Found first = new Found(new Token("a"), new RemoteId("r-1"), 1);
        Found second = new Found(new Token("a"), new RemoteId("r-2"), 5);
        assertThat(compare(List.of(first, second), List.of(new Known("a", 1, "A"))))
                .containsExactlyInAnyOrder(first, second);
        assertThat(woken).isEmpty();
    }

    @RepeatedTest(20)
    void agreesWithAPlainComparisonOfManyPieces(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        List<Found> found = new ArrayList<>();
        List<Known> known = new ArrayList<>();
        Set<String> different = new TreeSet<>();
        Set<String> strange = new TreeSet<>();
        for (int i = 0; i < 3000; i++) {
            String token = "t" + Long.toString(random.nextLong(1L << 40), 36) + "-" + i;
            boolean there = random.nextInt(10) > 0;
            boolean stored = random.nextInt(10) > 0;
            boolean same = random.nextInt(10) > 0;
            if (there) {
                found.add(found(token, 7));
            }
            if (stored) {
                known.add(new Known(token, same ? 7 : 8, "id-" + token));
            }
            if (stored && (!there || !same)) {
                different.add("id-" + token);
            }
            if (there && !stored) {
                strange.add(token);
            }
        }
        Set<String> strays = compare(found, known).stream()
                .map(stray -> stray.token().value())
                .collect(Collectors.toSet());
        assertThat(strays).as("seed " + repetition.getCurrentRepetition()).isEqualTo(strange);
        assertThat(new TreeSet<>(woken)).isEqualTo(different);
    }
}
