package hansa.federation.placement;

/**
 * Near to the machines of a group or far from them.
 *
 * <p>By host it binds machines that all are members of the group and all want the same of it, and takes a cloud that lets them.
 *
 * @param group a name that requests of a batch share, or that {@link Snapshot#groups} has
 */
public record Affinity(Relation relation, Scope scope, String group) {

    /** Which of the two. */
    public enum Relation {
        /** Where a member is; anywhere as long as the group has none. */
        TOGETHER,
        /** Where no member is. */
        APART
    }
}
