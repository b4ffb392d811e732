package hansa.policy;

/**
 * A policy as somebody wrote it.
 *
 * @param name what it is called here, for messages: the name of a file, or of a stored policy
 * @param text for example XML
 */
public record PolicyDocument(String name, String text) {

    /** Without the text, which may be long. */
    @Override
    public String toString() {
        return "PolicyDocument[" + name + "]";
    }
}
