package hansa.policy;

import org.jspecify.annotations.Nullable;

/** A policy is not understood; says where and why in one line. */
public final class BadPolicy extends Exception {

    private final String name;
    private final int line;

    /**
     * @param name of the document
     * @param line counts from 1
     * @param why part of a sentence
     * @param cause where the fault was found by somebody else
     */
    public BadPolicy(String name, int line, String why, @Nullable Throwable cause) {
        super(name + " line " + line + ": " + why.replaceAll("\\s+", " ").strip(), cause);
        this.name = name;
        this.line = line;
    }

    public String name() {
        return name;
    }

    public int line() {
        return line;
    }

    /** Place and reason, one line. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
