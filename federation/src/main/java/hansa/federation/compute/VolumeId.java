package hansa.federation.compute;

/**
 * Names a volume.
 *
 * @param value see {@link ResourceName}
 */
public record VolumeId(String value) {

    public VolumeId {
        ResourceName.check("volume", value);
    }

    /** A new one; later ones sort behind earlier ones. */
    public static VolumeId next() {
        return new VolumeId(ResourceName.next());
    }

    @Override
    public String toString() {
        return value;
    }
}
