package hansa.protocols.keystone;

/** A body that cannot be read. The message is one sentence that says what to mend, without the body's own text. */
public final class KeystoneSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    public KeystoneSyntaxException(String message) {
        super(message);
    }

    public KeystoneSyntaxException(String message, Throwable cause) {
        super(message, cause);
    }
}
