package hansa.protocols.occi;

/** The type of an attribute's value; {@link #json()} is its name in GFD.226. */
public enum AttributeType {
    STRING("string"),
    /** A string that is a URI reference. */
    URI("string"),
    NUMBER("number"),
    /** A number without a fraction. */
    INTEGER("number"),
    BOOLEAN("boolean"),
    ARRAY("array"),
    OBJECT("object");

    private final String json;

    AttributeType(String json) {
        this.json = json;
    }

    /** One of {@code string, number, boolean, array, object}. */
    public String json() {
        return json;
    }
}
