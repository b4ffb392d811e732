package hansa.cloud;

/**
 * Machines with a wish about each other's hosts.
 *
 * @param name the same for all machines of the group; 1 to 63 of a to z, digits and hyphens
 * @param relation that all its machines keep
 */
public record HostGroup(String name, Relation relation) {

    /** Which of the two. */
    public enum Relation {
        /** All on one host. */
        TOGETHER,
        /** Each on a host of its own. */
        APART
    }

    public HostGroup {
        if (!name.matches("[a-z0-9-]{1,63}")) {
            throw new IllegalArgumentException("'" + name + "' is no name of a group of machines");
        }
    }
}
