package hansa.cloud;

/** Machines that share a host, or never do. */
public non-sealed interface HostAffinity extends Facet {

    /**
     * As {@link Cloud#create}, and where the group wants it. Groups are not made beforehand: one is there as long as it has
     * machines, and what the cloud needs for it the driver makes with the first and takes away after the last. Machines of one
     * group may be ordered at the same time.
     *
     * @throws CloudException.NoCapacity where no host is left that the group may go to and the cloud says so at once; where
     *     it finds out later, the machine fails
     * @throws CloudException.InvalidRequest where the cloud cannot keep this relation, or the group's machines keep another one
     */
    RemoteMachine create(MachineOrder order, HostGroup group);
}
