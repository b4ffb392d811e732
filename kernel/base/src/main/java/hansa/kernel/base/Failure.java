package hansa.kernel.base;

/**
 * A refusal that a person can act on: what happened, to what, and what to do, in one line.
 *
 * <p>The message is shown to callers as it is, so it holds no secrets and no names of classes.
 */
public final class Failure extends RuntimeException {

    private final ErrorCode code;

    public Failure(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public Failure(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    /** The line for the caller; never null. */
    public String text() {
        String message = getMessage();
        return message == null ? code.meaning() : message;
    }
}
