package hansa.cli.client;

/** How the command ends; the numbers are part of what scripts rely on. */
public enum Exit {
    OK(0, "done"),
    FAILED(1, "it was tried and failed, or a wait ran out of time"),
    USAGE(2, "the command line or a value in it is wrong"),
    NOT_FOUND(3, "there is no such thing, or it is not yours"),
    REFUSED(4, "not allowed: credentials, policy, quota, or the state it is in"),
    UNAVAILABLE(5, "the node or the cloud does not answer, try again later");

    private final int code;
    private final String meaning;

    Exit(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    /** For the help page. */
    public String meaning() {
        return meaning;
    }
}
