package hansa.faces.authz;

/** What one needs to use a route. */
public enum Access {
    /** Anybody who can show who they are; the policy decides whether they may ask. */
    CALLER
}
