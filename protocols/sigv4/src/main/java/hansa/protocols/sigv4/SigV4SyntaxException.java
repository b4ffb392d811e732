package hansa.protocols.sigv4;

/** A request is not signed as AWS Signature Version 4 writes it. The message says what is wrong, in one line. */
public final class SigV4SyntaxException extends Exception {

    public SigV4SyntaxException(String message) {
        super(message);
    }
}
