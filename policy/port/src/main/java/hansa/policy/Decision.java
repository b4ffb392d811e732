package hansa.policy;

import java.util.List;

/** What a policy says. Whoever asks lets nothing happen but on {@link Permit}. */
public sealed interface Decision {

    /**
     * @param rule which rule permits it
     * @param obligations what must be done with it; whoever cannot do one of them denies
     */
    record Permit(String rule, List<String> obligations) implements Decision {
        public Permit {
            obligations = List.copyOf(obligations);
        }
    }

    /**
     * @param rule which rule denies it; shown to the caller
     * @param why one sentence for a person
     */
    record Deny(String rule, String why) implements Decision {}

    /** The policy does not speak of it. */
    record NotApplicable() implements Decision {}

    /** The policy could not be evaluated. */
    record Indeterminate(String why) implements Decision {}
}
