package hansa.protocols.opennebula;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A value of XML-RPC, of the types that OpenNebula uses. */
public sealed interface Value {

    /** {@code <string>}. */
    record Text(String value) implements Value {}

    /** {@code <i4>}, {@code <int>} or {@code <i8>}; written as {@code <i4>} where it fits. */
    record Whole(long value) implements Value {}

    /** {@code <boolean>}. */
    record Flag(boolean value) implements Value {}

    /** {@code <double>}; finite. */
    record Fraction(double value) implements Value {

        public Fraction {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("XML-RPC has no number that is not finite");
            }
        }
    }

    /** {@code <array>}. */
    record Array(List<Value> values) implements Value {

        public Array {
            values = List.copyOf(values);
        }
    }

    static Value of(String text) {
        return new Text(text);
    }

    static Value of(long number) {
        return new Whole(number);
    }

    static Value of(boolean flag) {
        return new Flag(flag);
    }

    /** @param value the element {@code value} */
    static Value read(Element value) throws OpenNebulaSyntaxException {
        if (!value.name().equals("value")) {
            throw new OpenNebulaSyntaxException("a value is expected, not " + value.name());
        }
        if (value.children().isEmpty()) {
            return new Text(value.text());
        }
        if (value.children().size() != 1) {
            throw new OpenNebulaSyntaxException("a value has more than one type");
        }
        Element typed = value.children().getFirst();
        return switch (typed.name()) {
            case "string" -> new Text(typed.text());
            case "i4", "int", "i8" -> new Whole(whole(typed.text().strip()));
            case "boolean" -> flag(typed.text().strip());
            case "double" -> fraction(typed.text().strip());
            case "array" -> array(typed);
            default ->
                throw new OpenNebulaSyntaxException(
                        "values of the type " + typed.name().toLowerCase(Locale.ROOT) + " are not known");
        };
    }

    private static long whole(String text) throws OpenNebulaSyntaxException {
        if (!text.matches("[+-]?\\d{1,18}")) {
            throw new OpenNebulaSyntaxException("a value is no whole number");
        }
        return Long.parseLong(text);
    }

    private static Value flag(String text) throws OpenNebulaSyntaxException {
        return switch (text) {
            case "1" -> new Flag(true);
            case "0" -> new Flag(false);
            default -> throw new OpenNebulaSyntaxException("a boolean is neither 0 nor 1");
        };
    }

    private static Value fraction(String text) throws OpenNebulaSyntaxException {
        if (!text.matches("[+-]?\\d{1,100}(\\.\\d{0,100})?")) {
            throw new OpenNebulaSyntaxException("a value is no decimal number");
        }
        return new Fraction(Double.parseDouble(text));
    }

    private static Value array(Element array) throws OpenNebulaSyntaxException {
        Element data = array.required("data");
        List<Value> values = new ArrayList<>();
        for (Element one : data.children()) {
            values.add(read(one));
        }
        return new Array(values);
    }

    /** Appends the element {@code value}. */
    static void write(StringBuilder out, Value value) {
        out.append("<value>");
        switch (value) {
            case Text(String text) -> {
                out.append("<string>");
                XmlText.write(out, text);
                out.append("</string>");
            }
            case Whole(long number) -> {
                String type = number == (int) number ? "i4" : "i8";
                out.append('<').append(type).append('>').append(number);
                out.append("</").append(type).append('>');
            }
            case Flag(boolean flag) ->
                out.append("<boolean>").append(flag ? 1 : 0).append("</boolean>");
            case Fraction(double number) ->
                out.append("<double>")
                        .append(new BigDecimal(number).toPlainString())
                        .append("</double>");
            case Array(List<Value> values) -> {
                out.append("<array><data>");
                values.forEach(one -> write(out, one));
                out.append("</data></array>");
            }
        }
        out.append("</value>");
    }
}
