package hansa.drivers.simulated;

import hansa.drivers.simulated.FaultRule.Occasion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads fault scripts. Each line, or each piece between semicolons, is empty, a comment after {@code #}, or
 *
 * <pre>{@code
 * on OPERATION[,OPERATION…] OCCASION: FAULT
 *
 * OPERATION  create, delete, power, volume-create … or * for all
 * OCCASION   always | nth N | every N | first N | chance P [seed N]
 * FAULT      timeout before [DURATION] | timeout after [DURATION] | error ["TEXT"] | duplicate | delay DURATION
 *            | slow DURATION (delete) | die DURATION ["TEXT"] (create)
 *            | refuse quota|capacity|unauthorised|conflict|invalid|unavailable ["TEXT"]
 * }</pre>
 *
 * <p>For example {@code on create nth 3: timeout after}. Texts hold no quotes, semicolons, hashes or line ends.
 */
final class FaultScript {

    private static final int MAX_RULES = 1000;

    private FaultScript() {}

    /** @throws IllegalArgumentException with the line and what is wrong in it */
    static List<FaultRule> parse(String script) {
        List<FaultRule> rules = new ArrayList<>();
        int number = 0;
        for (String line : script.split("\n", -1)) {
            number++;
            int comment = line.indexOf('#');
            String said = comment < 0 ? line : line.substring(0, comment);
            for (String piece : said.split(";", -1)) {
                if (!piece.isBlank()) {
                    rules.add(rule(number, piece.strip()));
                }
            }
            if (rules.size() > MAX_RULES) {
                throw refused(number, "a script has at most " + MAX_RULES + " rules");
            }
        }
        return List.copyOf(rules);
    }

    private static FaultRule rule(int line, String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw refused(line, "a rule is 'on OPERATION OCCASION: FAULT', but there is no ':' in '" + text + "'");
        }
        Words when = new Words(line, text.substring(0, colon));
        when.expect("on");
        Set<Operation> operations = operations(line, when.word("an operation, or * for all"));
        Occasion occasion = occasion(line, when);
        when.end();
        Words what = new Words(line, text.substring(colon + 1));
        Fault fault = fault(line, what, operations);
        what.end();
        return new FaultRule(operations, occasion, fault);
    }

    private static Set<Operation> operations(int line, String names) {
        if (names.equals("*")) {
            return EnumSet.allOf(Operation.class);
        }
        Set<Operation> operations = EnumSet.noneOf(Operation.class);
        for (String name : names.split(",", -1)) {
            operations.add(Operation.of(name)
                    .orElseThrow(() ->
                            refused(line, "'" + name + "' is no operation; there are * and " + Operation.words())));
        }
        return operations;
    }

    private static Occasion occasion(int line, Words words) {
        String word = words.word("always, nth, every, first or chance");
        return switch (word) {
            case "always" -> new Occasion.Always();
            case "nth" -> new Occasion.Nth(words.count());
            case "every" -> new Occasion.Every(words.count());
            case "first" -> new Occasion.First(words.count());
            case "chance" -> {
                double probability = words.probability();
                yield new Occasion.Chance(probability, words.take("seed") ? words.number() : 0);
            }
            default ->
                throw refused(line, "'" + word + "' is no occasion; there are always, nth, every, first and chance");
        };
    }

    private static Fault fault(int line, Words words, Set<Operation> operations) {
        String word = words.word("a fault after the ':'");
        return switch (word) {
            case "timeout" -> timeout(line, words);
            case "error" -> new Fault.ServerError(words.quoted().orElse("500 Internal Server Error"));
            case "duplicate" -> new Fault.Duplicate();
            case "delay" -> new Fault.Delay(words.duration());
            case "slow" -> {
                only(line, word, Operation.DELETE, operations);
                yield new Fault.SlowDelete(words.duration());
            }
            case "die" -> {
                only(line, word, Operation.CREATE, operations);
                yield new Fault.Death(words.duration(), words.quoted().orElse("the host of the machine went down"));
            }
            case "refuse" -> refusal(line, words);
            default ->
                throw refused(
                        line,
                        "'" + word + "' is no fault; there are timeout, error, duplicate, delay, slow, die and refuse");
        };
    }

    private static Fault timeout(int line, Words words) {
        String side = words.word("before or after");
        Duration waited = words.hasMore() ? words.duration() : Duration.ZERO;
        return switch (side) {
            case "before" -> new Fault.TimeoutBefore(waited);
            case "after" -> new Fault.TimeoutAfter(waited);
            default -> throw refused(line, "a timeout is before or after the effect, not '" + side + "'");
        };
    }

    private static Fault refusal(int line, Words words) {
        String reason = words.word("a reason to refuse");
        for (Fault.Reason known : Fault.Reason.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(reason)) {
                return new Fault.Refusal(known, words.quoted().orElse("the simulated cloud refuses it: " + reason));
            }
        }
        throw refused(
                line,
                "'" + reason + "' is no reason to refuse; there are quota, capacity, unauthorised, conflict, invalid"
                        + " and unavailable");
    }

    private static void only(int line, String fault, Operation fitting, Set<Operation> operations) {
        if (!operations.equals(EnumSet.of(fitting))) {
            throw refused(line, "'" + fault + "' is for '" + fitting.word() + "' only");
        }
    }

    static IllegalArgumentException refused(int line, String reason) {
        return new IllegalArgumentException("fault script, line " + line + ": " + reason);
    }

    /** The words of one half of a rule, read from left to right. */
    private static final class Words {

        private final int line;
        private String rest;

        Words(int line, String text) {
            this.line = line;
            this.rest = text.strip();
        }

        boolean hasMore() {
            return !rest.isEmpty();
        }

        String word(String wanted) {
            if (rest.isEmpty()) {
                throw refused(line, wanted + " is missing");
            }
            int end = 0;
            while (end < rest.length() && !Character.isWhitespace(rest.charAt(end))) {
                end++;
            }
            String word = rest.substring(0, end);
            rest = rest.substring(end).strip();
            return word;
        }

        void expect(String wanted) {
            String word = word("'" + wanted + "'");
            if (!word.equals(wanted)) {
                throw refused(line, "'" + wanted + "' was expected, not '" + word + "'");
            }
        }

        boolean take(String wanted) {
            boolean there = rest.equals(wanted) || rest.startsWith(wanted + " ");
            if (there) {
                rest = rest.substring(wanted.length()).strip();
            }
            return there;
        }

        long number() {
            String word = word("a number");
            if (!word.matches("-?\\d{1,18}")) {
                throw refused(line, "'" + word + "' is not a number");
            }
            return Long.parseLong(word);
        }

        long count() {
            long count = number();
            if (count < 1) {
                throw refused(line, "calls are counted from 1, not " + count);
            }
            return count;
        }

        double probability() {
            String word = word("a probability");
            if (!word.matches("[01](\\.\\d{1,12})?") || Double.parseDouble(word) > 1) {
                throw refused(line, "a probability is 0 to 1 such as 0.05, not '" + word + "'");
            }
            return Double.parseDouble(word);
        }

        Duration duration() {
            String word = word("a duration");
            return Durations.parse(word)
                    .orElseThrow(() -> refused(line, "a duration is such as 250ms, 10s or 5m, not '" + word + "'"));
        }

        Optional<String> quoted() {
            if (rest.isEmpty()) {
                return Optional.empty();
            }
            boolean whole = rest.length() > 2 && rest.startsWith("\"") && rest.indexOf('"', 1) == rest.length() - 1;
            if (!whole) {
                throw refused(line, "a text stands in double quotes, not " + rest);
            }
            String text = rest.substring(1, rest.length() - 1);
            rest = "";
            return Optional.of(text);
        }

        void end() {
            if (!rest.isEmpty()) {
                throw refused(line, "there is too much: '" + rest + "'");
            }
        }
    }
}
