package hansa.cloud.kit;

/** What the port leaves to each cloud, and a cloud's test declares. What is not declared must be refused properly. */
public enum Behaviour {
    /** {@code PAUSE} freezes in memory. Without it the action takes a coarser way or is refused. */
    PAUSES,
    /** {@code SAVE} freezes to disk. Without it the action takes a coarser way or is refused. */
    SAVES,
    /** The guest runs scripts that it is given as user data, and what they print is on its console. */
    PRINTS_USER_DATA,
    /** A nic order's wish for a static address is granted, where the address is free. */
    GRANTS_ADDRESSES,
    /** A nic order's wish for a MAC address is granted. */
    GRANTS_MACS,
    /** The nics of a running machine tell their addresses, at the latest after the patience. */
    TELLS_ADDRESSES,
    /** Interfaces can be plugged in and out while the machine runs. */
    PLUGS_NICS,
    /** Volumes can be plugged out while the guest runs, within the patience. */
    UNPLUGS_VOLUMES,
    /** Volumes can be copied while a running machine holds them. */
    COPIES_HELD_VOLUMES,
    /** A volume made of a copy may be larger than the copy and can be attached. Without it the kit makes it of the same size. */
    RESTORES_LARGER,
    /** Volumes have the size that was ordered, to the MiB. Without it sizes are rounded up to whole GiB. */
    SELLS_MEBIBYTES,
    /** An image cannot be deleted while a machine that was made from it is there. */
    MACHINES_NEED_IMAGES,
    /** Machines of a group can share one host. */
    KEEPS_TOGETHER,
    /** Machines of a group can each have a host of its own. */
    KEEPS_APART
}
