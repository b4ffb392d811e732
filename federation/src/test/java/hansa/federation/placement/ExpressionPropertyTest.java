package hansa.federation.placement;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Random expressions mean what their trees mean; random characters are refused, never worse. */
final class ExpressionPropertyTest {

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** An expression with its meaning, computed another way. */
    private record Sample<T>(String text, Function<Map<String, Object>, T> meaning) {}

    @BeforeEach
    void tell() {
        System.out.println("seed " + seed);
    }

    private Map<String, Object> candidate() {
        Map<String, Object> values = new HashMap<>();
        if (random.nextInt(4) > 0) {
            values.put("FREE_CPU", random.nextInt(5));
        }
        if (random.nextInt(4) > 0) {
            values.put("CLOUD", random.nextBoolean() ? "ab" : "ba");
        }
        return values;
    }

    private Sample<Boolean> condition(int depth) {
        return switch (depth == 0 ? random.nextInt(2) : random.nextInt(5)) {
            case 0 -> number();
            case 1 -> text();
            case 2 -> {
                Sample<Boolean> part = condition(depth - 1);
                yield new Sample<>(
                        "!(" + part.text() + ")", of -> !part.meaning().apply(of));
            }
            case 3 -> {
                Sample<Boolean> left = condition(depth - 1);
                Sample<Boolean> right = condition(depth - 1);
                yield new Sample<>(
                        "(" + left.text() + ") & (" + right.text() + ")",
                        of -> left.meaning().apply(of) && right.meaning().apply(of));
            }
            default -> {
                Sample<Boolean> left = condition(depth - 1);
                Sample<Boolean> right = condition(depth - 1);
                yield new Sample<>(
                        "(" + left.text() + ")|(" + right.text() + ")",
                        of -> left.meaning().apply(of) || right.meaning().apply(of));
            }
        };
    }

    private Sample<Boolean> number() {
        String sign = new String[] {"=", "!=", "<", ">", "<=", ">="}[random.nextInt(6)];
        int bound = random.nextInt(5);
        return new Sample<>("FREE_CPU " + sign + " " + bound, of -> {
            if (!(of.get("FREE_CPU") instanceof Integer value)) {
                return false;
            }
            int order = Integer.compare(value, bound);
            return sign.contains("=") && !sign.equals("!=") && order == 0
                    || (sign.startsWith("<") || sign.equals("!=")) && order < 0
                    || (sign.startsWith(">") || sign.equals("!=")) && order > 0;
        });
    }

    private Sample<Boolean> text() {
        String pattern = new String[] {"ab", "a*", "?b", "*", "[ab]a", "c"}[random.nextInt(6)];
        boolean alike = random.nextBoolean();
        String expression = pattern.replace("*", ".*").replace("?", ".");
        return new Sample<>(
                "CLOUD " + (alike ? "=" : "!=") + " \"" + pattern + "\"",
                of -> of.get("CLOUD") instanceof String value && value.matches(expression) == alike);
    }

    private Sample<Double> term(int depth) {
        if (depth == 0) {
            int value = random.nextInt(9);
            return random.nextBoolean()
                    ? new Sample<>(String.valueOf(value), of -> (double) value)
                    : new Sample<>("FREE_CPU", of -> of.get("FREE_CPU") instanceof Integer cpu ? (double) cpu : 0.0);
        }
        Sample<Double> left = term(depth - 1);
        Sample<Double> right = term(depth - 1);
        char sign = "+-*/".charAt(random.nextInt(4));
        return new Sample<>("(" + left.text() + sign + right.text() + ")", of -> {
            double a = left.meaning().apply(of);
            double b = right.meaning().apply(of);
            return switch (sign) {
                case '+' -> a + b;
                case '-' -> a - b;
                case '*' -> a * b;
                default -> b == 0 ? 0 : a / b;
            };
        });
    }

    @Test
    void requirements_mean_what_their_trees_mean() {
        for (int i = 0; i < 2000; i++) {
            Sample<Boolean> sample = condition(random.nextInt(5));
            Map<String, Object> candidate = candidate();
            assertThat(Requirement.compile(sample.text(), Given.shape()).holds(Given.of(candidate)))
                    .as("%s of %s", sample.text(), candidate)
                    .isEqualTo(sample.meaning().apply(candidate));
        }
    }

    @Test
    void ranks_mean_what_their_trees_mean() {
        for (int i = 0; i < 2000; i++) {
            Sample<Double> sample = term(random.nextInt(5));
            Map<String, Object> candidate = candidate();
            assertThat(Rank.compile(sample.text(), Given.shape()).of(Given.of(candidate)) + 0.0)
                    .as("%s of %s", sample.text(), candidate)
                    .isEqualTo(sample.meaning().apply(candidate) + 0.0);
        }
    }

    @Test
    void whatever_is_written_is_understood_or_refused_with_a_place() {
        String[] words = {
            "FREE_CPU",
            "CLOUD",
            "\"a*\"",
            "4",
            ".",
            "&",
            "|",
            "!",
            "(",
            ")",
            "=",
            "@>",
            "<",
            "+",
            "-",
            "*",
            "/",
            "\"",
            "\\",
            "é",
            "\0",
            " ",
            "FEATURES",
            "1e9"
        };
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append(words[random.nextInt(words.length)]);
            }
            refusedOrUnderstood(() -> Requirement.compile(text.toString(), Given.shape()));
            refusedOrUnderstood(() -> Rank.compile(text.toString(), Given.shape()));
        }
    }

    private static void refusedOrUnderstood(Runnable compile) {
        try {
            compile.run();
        } catch (Failure e) {
            assertThat(e.code()).isEqualTo(ErrorCode.ATTRIBUTE_INVALID);
            assertThat(e.text()).contains("at character ");
        }
    }
}
