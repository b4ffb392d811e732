package hansa.federation.compute;

/**
 * Names a network.
 *
 * @param value see {@link ResourceName}
 */
public record NetworkId(String value) {

    public NetworkId {
        ResourceName.check("network", value);
    }

    /** A new one; later ones sort behind earlier ones. */
    public static NetworkId next() {
        return new NetworkId(ResourceName.next());
    }

    @Override
    public String toString() {
        return value;
    }
}
