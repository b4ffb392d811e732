package hansa.protocols.authz;

/** A question that is not understood; says in one line what to mend. */
public final class Unreadable extends Exception {

    public Unreadable(String line) {
        super(line);
    }

    public Unreadable(String line, Throwable cause) {
        super(line, cause);
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
