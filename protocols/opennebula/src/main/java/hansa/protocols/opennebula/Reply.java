package hansa.protocols.opennebula;

import java.util.List;

/** What OpenNebula's methods return: {@code [true, value, 0]}, or {@code [false, message, code, object, …]}. */
public sealed interface Reply {

    record Done(Value value) implements Reply {}

    /**
     * @param code as sent; {@link ErrorKind#of} names it
     * @param message in OpenNebula's words
     */
    record Refused(int code, String message) implements Reply {

        public ErrorKind kind() {
            return ErrorKind.of(code);
        }
    }

    static Reply of(Value returned) throws OpenNebulaSyntaxException {
        if (!(returned instanceof Value.Array(List<Value> parts))
                || parts.size() < 2
                || !(parts.getFirst() instanceof Value.Flag(boolean done))) {
            throw new OpenNebulaSyntaxException("the answer is not of OpenNebula's form, [true or false, value, code]");
        }
        if (done) {
            return new Done(parts.get(1));
        }
        String message = parts.get(1) instanceof Value.Text(String text) ? text : "";
        int code = parts.size() > 2 && parts.get(2) instanceof Value.Whole(long number) && number == (int) number
                ? (int) number
                : 0;
        return new Refused(code, message);
    }

    default Value toValue() {
        return switch (this) {
            case Done(Value value) -> new Value.Array(List.of(Value.of(true), value, Value.of(0)));
            case Refused(int code, String message) ->
                new Value.Array(
                        List.of(Value.of(false), Value.of(message), Value.of(code), Value.of(-1), Value.of(-1)));
        };
    }
}
