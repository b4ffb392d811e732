package hansa.protocols.occi;

/**
 * A field of an HTTP header: what {@code text/occi} is made of.
 *
 * @param value one char for each byte on the wire, as HTTP libraries have it; what is not ASCII is in UTF-8
 */
public record HeaderField(String name, String value) {}
