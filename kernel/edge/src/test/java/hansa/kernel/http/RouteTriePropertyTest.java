package hansa.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.kernel.http.PathPattern.Literal;
import hansa.kernel.http.PathPattern.Parameter;
import hansa.kernel.http.PathPattern.Rest;
import hansa.kernel.http.PathPattern.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class RouteTriePropertyTest {

    private static final List<String> WORDS = List.of("a", "b", "c");

    @Test
    void findsWhatTryingEveryPatternFinds() {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int round = 0; round < 3_000; round++) {
            Map<List<Segment>, PathPattern> table = new LinkedHashMap<>();
            for (int i = random.nextInt(1, 9); i > 0; i--) {
                PathPattern pattern = PathPattern.parse(pattern(random));
                table.putIfAbsent(pattern.shape(), pattern);
            }
            List<PathPattern> patterns = List.copyOf(table.values());
            RouteTrie<PathPattern> trie = RouteTrie.compile(patterns, p -> p, List::getFirst);
            for (int i = 0; i < 20; i++) {
                RequestPath path = RequestPath.parse(path(random));
                assertThat(trie.find(path, 0))
                        .as("seed %d, patterns %s, path %s", seed, patterns, path.from(0))
                        .isEqualTo(naive(patterns, path));
            }
        }
    }

    /** Of the patterns that fit, the one that is more specific at the first segment where they differ. */
    private static Optional<PathPattern> naive(List<PathPattern> patterns, RequestPath path) {
        return patterns.stream()
                .filter(pattern -> fits(pattern.segments(), path))
                .min(Comparator.comparing(pattern -> ranks(pattern.segments()), RouteTriePropertyTest::compareRanks));
    }

    private static boolean fits(List<Segment> pattern, RequestPath path) {
        for (int i = 0; i < pattern.size(); i++) {
            if (i >= path.length()) {
                return false;
            }
            String segment = path.segment(i);
            boolean fits = switch (pattern.get(i)) {
                case Literal(String text) -> text.equals(segment);
                case Parameter _ -> !segment.isEmpty();
                case Rest _ -> true;
            };
            if (!fits) {
                return false;
            }
        }
        return pattern.size() == path.length() || pattern.getLast() instanceof Rest;
    }

    private static List<Integer> ranks(List<Segment> pattern) {
        List<Integer> ranks = new ArrayList<>();
        for (Segment segment : pattern) {
            ranks.add(
                    switch (segment) {
                        case Literal _ -> 0;
                        case Parameter _ -> 1;
                        case Rest _ -> 2;
                    });
        }
        return ranks;
    }

    private static int compareRanks(List<Integer> a, List<Integer> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = Integer.compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static String pattern(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(1, 5);
        for (int i = 0; i < length; i++) {
            int kind = random.nextInt(10);
            boolean last = i == length - 1;
            if (last && kind < 2) {
                text.append("/{rest...}");
            } else if (last && kind < 4) {
                text.append("/");
            } else if (kind < 7) {
                text.append("/").append(WORDS.get(random.nextInt(WORDS.size())));
            } else {
                text.append("/{p").append(i).append("}");
            }
        }
        return text.toString();
    }

    private static String path(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            text.append("/").append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return random.nextInt(4) == 0 ? text.append("/").toString() : text.toString();
    }

    @Test
    @Timeout(20)
    void neverGoesBackOnAHostilePath() {
        List<PathPattern> patterns = new ArrayList<>();
        for (int depth = 1; depth <= 12; depth++) {
            patterns.add(PathPattern.parse("/a/{p}".repeat(depth)));
            patterns.add(PathPattern.parse("/{p}/a".repeat(depth) + "/end"));
        }
        patterns.add(PathPattern.parse("/a/{rest...}"));
        RouteTrie<PathPattern> trie = RouteTrie.compile(patterns, p -> p, List::getFirst);
        RequestPath path = RequestPath.parse("/a".repeat(60_000));
        assertThat(trie.find(path, 0)).map(PathPattern::text).contains("/a/{rest...}");
    }

    @Test
    void putsThePatternsOfOneShapeTogether() {
        List<String> texts = List.of("/x/{a}", "/x/{b}", "/x/y");
        RouteTrie<List<String>> trie = RouteTrie.compile(texts, PathPattern::parse, list -> list);
        assertThat(trie.find(RequestPath.parse("/x/1"), 0)).contains(List.of("/x/{a}", "/x/{b}"));
        assertThat(trie.find(RequestPath.parse("/x/y"), 0)).contains(List.of("/x/y"));
    }
}
