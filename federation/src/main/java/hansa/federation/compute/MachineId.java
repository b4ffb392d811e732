package hansa.federation.compute;

/**
 * Names a virtual machine.
 *
 * @param value see {@link ResourceName}
 */
public record MachineId(String value) {

    public MachineId {
        ResourceName.check("machine", value);
    }

    /** A new one; later ones sort behind earlier ones. */
    public static MachineId next() {
        return new MachineId(ResourceName.next());
    }

    @Override
    public String toString() {
        return value;
    }
}
