package hansa.protocols.occi;

/** A field of an HTTP header: what {@code text/occi} is made of. */
public record HeaderField(String name, String value) {}
