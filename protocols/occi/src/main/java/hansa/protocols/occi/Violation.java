package hansa.protocols.occi;

/**
 * One thing that is wrong with a message.
 *
 * @param attribute the attribute, or the identifier of the category, that it is about
 * @param message one line that says what to mend
 */
public record Violation(Cause cause, String attribute, String message) {

    /** What sort of thing it is; a face gives each its status. */
    public enum Cause {
        /** Neither the kind nor a mixin declares the attribute. */
        UNKNOWN_ATTRIBUTE,
        /** A text where a number is due, and the like. */
        WRONG_TYPE,
        /** The right type, but not one of the values allowed. */
        OUT_OF_RANGE,
        /** The client may not give it, or not any more. */
        IMMUTABLE,
        MISSING_REQUIRED,
        /** The mixin cannot be added to this kind. */
        MIXIN_NOT_APPLICABLE
    }
}
