package hansa.protocols.occi;

import java.math.BigDecimal;
import java.util.List;

/** What the value of an attribute must look like, beyond its type (GFD.221, Attribute.pattern). */
public sealed interface AttributePattern {

    /** The pattern as a POSIX extended regular expression. */
    String ere();

    /** What a person has to write, as the end of the sentence "must be …". */
    String wish();

    /** One of a few words. */
    record OneOf(List<String> words) implements AttributePattern {
        public OneOf {
            words = List.copyOf(words);
            if (words.isEmpty()) {
                throw new IllegalArgumentException("A choice needs at least one word");
            }
        }

        @Override
        public String ere() {
            return "^(" + String.join("|", words) + ")$";
        }

        @Override
        public String wish() {
            return words.size() == 1 ? words.getFirst() : "one of " + String.join(", ", words);
        }
    }

    /** A number within bounds, both included. */
    record Range(BigDecimal least, BigDecimal most) implements AttributePattern {
        public Range {
            if (least.compareTo(most) > 0) {
                throw new IllegalArgumentException("The range from " + least + " to " + most + " is empty");
            }
        }

        @Override
        public String ere() {
            return "^[0-9]+(\\.[0-9]+)?$";
        }

        @Override
        public String wish() {
            return "from " + least.toPlainString() + " to " + most.toPlainString();
        }
    }

    /** Somebody else's expression, kept to be shown. It is never run: who sends an expression decides what running it costs. */
    record Expression(String ere) implements AttributePattern {
        @Override
        public String wish() {
            return "like " + ere;
        }
    }
}
