package hansa.federation.compute;

import hansa.cloud.CloudName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A network as it stands in the store.
 *
 * @param owner empty = shared by everybody: the cloud brings it
 * @param vo the virtual organisation in whose name it was made
 * @param title 0 to 255 characters
 * @param summary 0 to 4,096 characters
 * @param label of the vlan (GFD.224 §3.2); empty where there is none
 * @param vlan 802.1q tag, 0 to 4095
 * @param cidr the address range, for example {@code 10.0.2.0/24}
 * @param publicAddresses whether an interface on it gives a machine an address that the outside reaches
 * @param message one line about the state; empty when all is well
 * @param tags ids of {@link Tag}s
 * @param observed when the cloud last told something new about it
 * @param generation rises with every change of this record
 */
public record Network(
        NetworkId id,
        Optional<String> owner,
        Optional<String> vo,
        CloudName cloud,
        String title,
        String summary,
        String label,
        Optional<Integer> vlan,
        Optional<String> cidr,
        Optional<String> gateway,
        Allocation allocation,
        boolean publicAddresses,
        NetworkState state,
        String message,
        Set<String> tags,
        Instant created,
        Instant changed,
        Instant observed,
        long generation) {

    public Network {
        tags = Set.copyOf(tags);
    }
}
