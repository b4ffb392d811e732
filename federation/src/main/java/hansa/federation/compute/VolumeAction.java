package hansa.federation.compute;

/** What can be asked of a volume (GFD.184 §3.3; {@code backup}, {@code snapshot} and {@code resize} are OCCI 1.1's). */
public sealed interface VolumeAction {

    record Online() implements VolumeAction {}

    record Offline() implements VolumeAction {}

    record Backup() implements VolumeAction {}

    record Snapshot() implements VolumeAction {}

    /** @param sizeMib not smaller than it is */
    record Resize(long sizeMib) implements VolumeAction {}
}
