package hansa.faces.occi;

/** What one needs to use a route. */
public enum Access {
    /** Anybody who can show who they are; the federation decides about the resources. */
    CALLER
}
