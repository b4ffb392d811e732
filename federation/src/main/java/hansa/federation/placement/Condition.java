package hansa.federation.placement;

import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** What a requirement is made of. An attribute that a candidate lacks makes each comparison false, {@code !=} too. */
sealed interface Condition {

    boolean holds(Attributes of);

    /** Whether it asks for an attribute at one of these places. */
    default boolean reads(IntPredicate places) {
        return switch (this) {
            case All all -> all.parts().stream().anyMatch(part -> part.reads(places));
            case Any any -> any.parts().stream().anyMatch(part -> part.reads(places));
            case Not not -> not.part().reads(places);
            case OfNumber number -> places.test(number.place());
            case OfText text -> places.test(text.place());
            case Contains contains -> places.test(contains.place());
        };
    }

    /** Those of its parts that all must hold and that read one of these places, or that read none of them. */
    default All part(IntPredicate places, boolean reading) {
        List<Condition> parts = this instanceof All all ? all.parts() : List.of(this);
        return new All(
                parts.stream().filter(part -> part.reads(places) == reading).toList());
    }

    record All(List<Condition> parts) implements Condition {
        @Override
        public boolean holds(Attributes of) {
            for (Condition part : parts) {
                if (!part.holds(of)) {
                    return false;
                }
            }
            return true;
        }
    }

    record Any(List<Condition> parts) implements Condition {
        @Override
        public boolean holds(Attributes of) {
            for (Condition part : parts) {
                if (part.holds(of)) {
                    return true;
                }
            }
            return false;
        }
    }

    record Not(Condition part) implements Condition {
        @Override
        public boolean holds(Attributes of) {
            return !part.holds(of);
        }
    }

    enum Sign {
        EQUAL,
        UNEQUAL,
        MORE,
        LESS,
        AT_LEAST,
        AT_MOST
    }

    record OfNumber(int place, Sign sign, double bound) implements Condition {
        @Override
        public boolean holds(Attributes of) {
            double value = of.number(place);
            return switch (sign) {
                case EQUAL -> value == bound;
                case UNEQUAL -> value < bound || value > bound;
                case MORE -> value > bound;
                case LESS -> value < bound;
                case AT_LEAST -> value >= bound;
                case AT_MOST -> value <= bound;
            };
        }
    }

    record OfText(int place, boolean alike, Glob pattern) implements Condition {
        @Override
        public boolean holds(Attributes of) {
            Optional<String> value = of.text(place);
            return value.isPresent() && pattern.matches(value.get()) == alike;
        }
    }

    record Contains(int place, Glob pattern) implements Condition {
        @Override
        public boolean holds(Attributes of) {
            for (String member : of.list(place)) {
                if (pattern.matches(member)) {
                    return true;
                }
            }
            return false;
        }
    }
}
