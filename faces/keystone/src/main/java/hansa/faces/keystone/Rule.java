package hansa.faces.keystone;

/** What one needs to use a route. */
enum Rule {
    /** Nothing, or what the request's body or header brings to sign in with. */
    ANYONE,
    /** A token or other credentials in the header; what one sees is one's own. */
    CALLER
}
