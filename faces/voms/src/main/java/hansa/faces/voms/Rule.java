package hansa.faces.voms;

/** What one needs to use a route. */
public enum Rule {
    /** Nothing. */
    ANYONE,
    /** A certificate or a proxy of one, proven in TLS; no other credentials count. */
    CERTIFICATE
}
