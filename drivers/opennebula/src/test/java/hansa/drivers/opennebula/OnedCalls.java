package hansa.drivers.opennebula;

import hansa.protocols.opennebula.ErrorKind;
import hansa.protocols.opennebula.MethodCall;
import hansa.protocols.opennebula.MethodResponse;
import hansa.protocols.opennebula.Reply;
import hansa.protocols.opennebula.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The methods of the strict server with the types of their parameters; whatever does not fit them is a fault. */
final class OnedCalls {

    private static final int NO_SUCH_METHOD = -506;
    private static final int WRONG_TYPE = -501;

    private final Map<String, Known> methods = new HashMap<>();

    /** Carries a call out for a user, by number. */
    @FunctionalInterface
    interface Method {
        Value call(int user, Parameters parameters);
    }

    private record Known(String types, Method method) {}

    /** The parameters after the session, of the types that were declared. */
    record Parameters(List<Value> values) {

        String text(int index) {
            return ((Value.Text) values.get(index)).value();
        }

        int number(int index) {
            return (int) ((Value.Whole) values.get(index)).value();
        }

        boolean flag(int index) {
            return ((Value.Flag) values.get(index)).value();
        }
    }

    /** @param types {@code s}, {@code i} and {@code b}, after the session */
    void add(String name, String types, Method method) {
        methods.put(name, new Known(types, method));
    }

    void remove(String name) {
        methods.remove(name);
    }

    MethodResponse answer(MethodCall call, Map<String, Integer> users) {
        Known known = methods.get(call.method());
        if (known == null) {
            return new MethodResponse.Fault(NO_SUCH_METHOD, "Method '" + call.method() + "' not defined");
        }
        if (!fits("s" + known.types(), call.parameters())) {
            return new MethodResponse.Fault(WRONG_TYPE, "Parameters of " + call.method() + " have the wrong types");
        }
        Integer user = users.get(((Value.Text) call.parameters().getFirst()).value());
        Reply reply;
        if (user == null) {
            reply = new Reply.Refused(
                    ErrorKind.AUTHENTICATION.code(),
                    "[" + call.method() + "] User couldn't be authenticated, aborting call.");
        } else {
            reply = carryOut(call, known, user);
        }
        return new MethodResponse.Returned(reply.toValue());
    }

    private static Reply carryOut(MethodCall call, Known known, int user) {
        try {
            List<Value> after = call.parameters().subList(1, call.parameters().size());
            return new Reply.Done(known.method().call(user, new Parameters(after)));
        } catch (OnedRefusal refusal) {
            String words = refusal.words();
            String text = words.startsWith("[") ? words : "[" + call.method() + "] " + words;
            return new Reply.Refused(refusal.kind().code(), text);
        }
    }

    private static boolean fits(String types, List<Value> parameters) {
        if (types.length() != parameters.size()) {
            return false;
        }
        for (int i = 0; i < parameters.size(); i++) {
            boolean fits = switch (parameters.get(i)) {
                case Value.Text _ -> types.charAt(i) == 's';
                case Value.Whole(long number) -> types.charAt(i) == 'i' && number == (int) number;
                case Value.Flag _ -> types.charAt(i) == 'b';
                case Value.Fraction _, Value.Array _ -> false;
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
