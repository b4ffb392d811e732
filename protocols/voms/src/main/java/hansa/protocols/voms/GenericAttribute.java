package hansa.protocols.voms;

/**
 * What a virtual organisation says of a member besides groups and roles (GFD.182 §3.5).
 *
 * @param qualifier the group or role that it is said in; the name of the virtual organisation otherwise
 */
public record GenericAttribute(String name, String value, String qualifier) {

    public GenericAttribute {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("An attribute has a name");
        }
    }
}
