package hansa.federation.compute;

/** A resource or link that carries a tag. */
public record Member(Kind kind, String id) {

    public enum Kind {
        MACHINE,
        VOLUME,
        NETWORK,
        NIC_LINK,
        VOLUME_LINK
    }

    public static Member of(MachineId id) {
        return new Member(Kind.MACHINE, id.value());
    }

    public static Member of(VolumeId id) {
        return new Member(Kind.VOLUME, id.value());
    }

    public static Member of(NetworkId id) {
        return new Member(Kind.NETWORK, id.value());
    }
}
