package hansa.federation.compute;

import hansa.federation.caller.Caller;

/** Whose is what. */
final class Sharing {

    /** Stands in an owner's column for what is everybody's. */
    static final String EVERYBODY = "";

    private Sharing() {}

    static boolean visible(Caller caller, String owner) {
        return owner.isEmpty() || mayChange(caller, owner);
    }

    static boolean mayChange(Caller caller, String owner) {
        return caller.operator() || owner.equals(caller.id());
    }
}
