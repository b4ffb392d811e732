package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.cloud.HostAffinity;
import hansa.cloud.HostGroup;
import hansa.cloud.MachineOrder;
import hansa.cloud.RemoteMachine;
import java.util.Optional;
import java.util.function.BiFunction;

/** Machines on hosts of their own, and even on racks of their own. That machines share a host EC2 does not promise. */
final class Ec2HostAffinity implements HostAffinity {

    private final PlacementGroups groups;
    private final Place place;
    private final BiFunction<MachineOrder, Optional<String>, RemoteMachine> creation;

    /** @param creation of a machine in a placement group */
    Ec2HostAffinity(
            PlacementGroups groups, Place place, BiFunction<MachineOrder, Optional<String>, RemoteMachine> creation) {
        this.groups = groups;
        this.place = place;
        this.creation = creation;
    }

    @Override
    public RemoteMachine create(MachineOrder order, HostGroup group) {
        return switch (group.relation()) {
            case TOGETHER ->
                throw new CloudException.InvalidRequest(
                        "EC2 does not promise that machines share a host; it can keep them apart only");
            case APART -> apart(order, groups.name(group.name()));
        };
    }

    private RemoteMachine apart(MachineOrder order, String name) {
        try {
            return creation.apply(order, Optional.of(name));
        } catch (CloudException.InvalidRequest | CloudException.QuotaExceeded e) {
            boolean full = groups.isFull(name, place.zone());
            groups.left(name);
            throw full ? new CloudException.NoCapacity(e.text()) : e;
        } catch (CloudException.Unavailable e) {
            // There may be a machine of it.
            throw e;
        } catch (CloudException e) {
            groups.left(name);
            throw e;
        }
    }
}
