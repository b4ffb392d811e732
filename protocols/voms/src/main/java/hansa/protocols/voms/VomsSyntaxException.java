package hansa.protocols.voms;

/** Something that VOMS writes cannot be read. The message is one line that says what is wrong. */
public final class VomsSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    public VomsSyntaxException(String message) {
        super(message);
    }

    public VomsSyntaxException(String message, Throwable cause) {
        super(message, cause);
    }
}
