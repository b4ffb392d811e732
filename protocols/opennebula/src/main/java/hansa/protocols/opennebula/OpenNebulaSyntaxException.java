package hansa.protocols.opennebula;

/** What came is no XML-RPC, or not the document that it should be. The message is one line. */
public final class OpenNebulaSyntaxException extends Exception {

    public OpenNebulaSyntaxException(String message) {
        super(message);
    }

    public OpenNebulaSyntaxException(String message, Throwable cause) {
        super(message, cause);
    }
}
