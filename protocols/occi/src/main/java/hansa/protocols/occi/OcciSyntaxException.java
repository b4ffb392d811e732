package hansa.protocols.occi;

/** A body or header that cannot be read. The message is one line that says where and what to mend. */
public final class OcciSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String complaint;
    private final int line;
    private final int column;

    /**
     * @param line where, from 1; 0 if it concerns the whole
     * @param column where in the line, from 1; 0 if it concerns the whole line
     */
    public OcciSyntaxException(String message, int line, int column) {
        super(line == 0 ? message : "Line " + line + (column == 0 ? "" : ", column " + column) + ": " + message);
        this.complaint = message;
        this.line = line;
        this.column = column;
    }

    /** The same complaint about the value of an HTTP header. */
    public OcciSyntaxException inHeader(String name) {
        OcciSyntaxException better = new OcciSyntaxException("Header " + name + ": " + complaint, 0, 0);
        better.initCause(this);
        return better;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
