package hansa.trust;

/**
 * A credential proves nothing. Why stands in the log and in the metrics; whoever sent it learns only that it was not
 * accepted, since the reason helps an attacker more than a user.
 */
public final class Rejected extends Exception {

    /** Why, as metrics count it. */
    public enum Reason {
        MALFORMED,
        EXPIRED,
        NOT_YET_VALID,
        /** Nobody we trust issued it. */
        UNTRUSTED,
        REVOKED,
        /** The authority may not issue for this name. */
        NAMESPACE,
        /** More certificates, or deeper delegation, than a certificate of the chain allows. */
        PATH_TOO_LONG,
        /** A limited proxy where only full ones are taken. */
        LIMITED,
        /** A form that is refused on principle, such as draft proxies. */
        FORM,
        SIGNATURE,
        /** An algorithm or key that is too weak, unknown, or not the issuer's. */
        ALGORITHM,
        /** It is about somebody else than who sent it. */
        HOLDER,
        /** It is meant for somebody else than us. */
        AUDIENCE,
        REPLAYED,
        /** It says something that its issuer may not say. */
        FORGED,
        /** It could not be checked now; somebody whom we have to ask does not answer. */
        UNCHECKED
    }

    private final Reason reason;

    /** @param detail one line for the log, without the credential itself */
    public Rejected(Reason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    public Rejected(Reason reason, String detail, Throwable cause) {
        super(detail, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
