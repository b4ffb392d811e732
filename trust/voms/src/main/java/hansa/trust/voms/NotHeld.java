package hansa.trust.voms;

import hansa.protocols.voms.Fqan;

/** A group or role was wished for that the member does not have. */
public final class NotHeld extends Exception {

    private final transient Fqan fqan;

    NotHeld(Fqan fqan) {
        super("the member does not have " + fqan);
        this.fqan = fqan;
    }

    public Fqan fqan() {
        return fqan;
    }
}
