package hansa.cli.client;

/** Why a command cannot go on: one line that says what, to what, and what to mend, and the exit code it ends with. */
public final class Refusal extends RuntimeException {

    private final Exit exit;

    public Refusal(Exit exit, String line) {
        super(line);
        this.exit = exit;
    }

    public Refusal(Exit exit, String line, Throwable cause) {
        super(line, cause);
        this.exit = exit;
    }

    public Exit exit() {
        return exit;
    }

    /** The line to show. */
    public String line() {
        String message = getMessage();
        return message == null ? exit.meaning() : message;
    }
}
