package hansa.protocols.occi;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** The value of an attribute. Immutable. */
public sealed interface AttributeValue {

    /** The value as plain text: without quotes, a number without an exponent, structures as JSON. */
    String asText();

    /** Equality as a filter means it: 2 is 2.0, and a quoted {@code "2"} is 2. */
    default boolean matches(AttributeValue other) {
        return switch (this) {
            case Numeric(BigDecimal mine)
            when other instanceof Numeric(BigDecimal theirs) -> mine.compareTo(theirs) == 0;
            case Text _, Numeric _, Bool _ -> asText().equals(other.asText());
            case Items _, Fields _ -> equals(other);
        };
    }

    /** A string. */
    record Text(String value) implements AttributeValue {
        @Override
        public String asText() {
            return value;
        }
    }

    /**
     * A number, exact; 2 and 2.0 are different values of it.
     *
     * @param value at most {@value #MOST_DIGITS} digits, before or after the point
     */
    record Numeric(BigDecimal value) implements AttributeValue {
        /** A bound on what a few characters with an exponent can make a program compute. */
        public static final int MOST_DIGITS = 100;

        public Numeric {
            if (!isBounded(value)) {
                throw new IllegalArgumentException("A number may have at most " + MOST_DIGITS + " digits");
            }
        }

        /** Whether the number is small enough to be taken. */
        public static boolean isBounded(BigDecimal value) {
            return Math.abs((long) value.scale()) <= MOST_DIGITS && value.precision() <= MOST_DIGITS;
        }

        /** Whether it is a whole number, however it is written. */
        public boolean isInteger() {
            return value.scale() <= 0 || value.stripTrailingZeros().scale() <= 0;
        }

        @Override
        public String asText() {
            return value.toPlainString();
        }
    }

    /** True or false. */
    record Bool(boolean value) implements AttributeValue {
        @Override
        public String asText() {
            return Boolean.toString(value);
        }
    }

    /** An array; only JSON has a form for it, the text renderings carry it as JSON in a string. */
    record Items(List<AttributeValue> values) implements AttributeValue {
        public Items {
            values = List.copyOf(values);
        }

        @Override
        public String asText() {
            return Sink.json(this);
        }
    }

    /** An object; only JSON has a form for it, the text renderings carry it as JSON in a string. */
    record Fields(Map<String, AttributeValue> values) implements AttributeValue {
        public Fields {
            values = Ordered.copy(values);
        }

        @Override
        public String asText() {
            return Sink.json(this);
        }
    }

    static AttributeValue of(String text) {
        return new Text(text);
    }

    static AttributeValue of(long number) {
        return new Numeric(BigDecimal.valueOf(number));
    }

    static AttributeValue of(BigDecimal number) {
        return new Numeric(number);
    }

    static AttributeValue of(boolean value) {
        return new Bool(value);
    }
}
