package hansa.kernel.http;

/** The HTTP methods that routes are declared for. HEAD is answered by the GET route, OPTIONS by the table. */
public enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE
}
