package hansa.faces.rest;

/** What one needs to use a route. */
public enum Rule {
    /** Nothing. */
    ANYONE,
    /** Valid credentials; what one sees and changes is what the policies permit. */
    CALLER
}
