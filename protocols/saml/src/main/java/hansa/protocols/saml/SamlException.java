package hansa.protocols.saml;

/** A document that is no assertion, or none that can be believed. */
public final class SamlException extends Exception {

    /** What is wrong with it. */
    public enum Fault {
        /** No XML, or not the XML of an assertion. */
        MALFORMED,
        /** Well-formed, but built in a way that is refused on principle. */
        FORM,
        /** Not signed, or not by any of the keys. */
        SIGNATURE,
        /** Signed by an algorithm that is not taken. */
        ALGORITHM
    }

    private final Fault fault;

    /** @param detail one line for the log, without values of the document */
    public SamlException(Fault fault, String detail) {
        super(detail);
        this.fault = fault;
    }

    public SamlException(Fault fault, String detail, Throwable cause) {
        super(detail, cause);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
