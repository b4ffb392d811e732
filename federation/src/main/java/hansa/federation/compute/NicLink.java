package hansa.federation.compute;

import hansa.cloud.RemoteNic;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A machine's interface to a network.
 *
 * @param networkTitle what the network was called when the link was last looked at
 * @param device the guest's name of it, for example {@code eth0}; empty while unknown
 * @param mac empty while unknown
 * @param addresses IPv4 and IPv6 addresses, none while unknown
 * @param forwards where TCP ports of the guest are published, for a guest that is not reached at its addresses
 * @param message one line about the state; empty when all is well
 */
public record NicLink(
        LinkId id,
        MachineId machine,
        NetworkId network,
        String networkTitle,
        String device,
        String mac,
        List<String> addresses,
        List<RemoteNic.Forward> forwards,
        Optional<String> gateway,
        Allocation allocation,
        LinkState state,
        String message,
        Set<String> tags) {

    public NicLink {
        addresses = List.copyOf(addresses);
        forwards = List.copyOf(forwards);
        tags = Set.copyOf(tags);
    }

    NicLink withState(LinkState now, String why) {
        return new NicLink(
                id,
                machine,
                network,
                networkTitle,
                device,
                mac,
                addresses,
                forwards,
                gateway,
                allocation,
                now,
                why,
                tags);
    }

    /** The same interface, still to be plugged into another network. */
    NicLink to(Network other) {
        return new NicLink(
                id,
                machine,
                other.id(),
                other.title(),
                "",
                mac,
                allocation == Allocation.STATIC ? addresses : List.of(),
                List.of(),
                other.gateway(),
                allocation == Allocation.STATIC ? allocation : other.allocation(),
                LinkState.PENDING,
                "",
                tags);
    }

    NicLink withoutAddresses() {
        return new NicLink(
                id,
                machine,
                network,
                networkTitle,
                "",
                mac,
                List.of(),
                List.of(),
                gateway,
                allocation,
                state,
                message,
                tags);
    }

    NicLink withTags(Set<String> others) {
        return new NicLink(
                id,
                machine,
                network,
                networkTitle,
                device,
                mac,
                addresses,
                forwards,
                gateway,
                allocation,
                state,
                message,
                others);
    }
}
