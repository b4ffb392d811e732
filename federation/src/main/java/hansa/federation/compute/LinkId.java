package hansa.federation.compute;

/**
 * Names a network interface or an attachment of a volume.
 *
 * @param value see {@link ResourceName}
 */
public record LinkId(String value) {

    public LinkId {
        ResourceName.check("link", value);
    }

    /** A new one; later ones sort behind earlier ones. */
    public static LinkId next() {
        return new LinkId(ResourceName.next());
    }

    @Override
    public String toString() {
        return value;
    }
}
