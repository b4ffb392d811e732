package hansa.federation.compute;

import hansa.cloud.CloudName;
import java.util.Optional;
import java.util.Set;

/**
 * A private network that somebody wants.
 *
 * @param title 0 to 255 characters
 * @param summary 0 to 4,096 characters
 * @param label of the vlan; empty for none
 * @param vlan 802.1q tag, 0 to 4095
 * @param cidr an IPv4 or IPv6 range, for example {@code 10.1.0.0/24}; empty = the cloud chooses
 * @param gateway an address inside {@code cidr}
 * @param cloud empty = the first in configured order that makes networks
 * @param tags ids of tags, at most 32
 */
public record NewNetwork(
        Optional<NetworkId> id,
        String title,
        String summary,
        String label,
        Optional<Integer> vlan,
        Optional<String> cidr,
        Optional<String> gateway,
        Allocation allocation,
        Optional<CloudName> cloud,
        Set<String> tags) {

    public NewNetwork {
        tags = Set.copyOf(tags);
    }

    public static NewNetwork of(String title, String cidr) {
        return new NewNetwork(
                Optional.empty(),
                title,
                "",
                "",
                Optional.empty(),
                Optional.of(cidr),
                Optional.empty(),
                Allocation.DYNAMIC,
                Optional.empty(),
                Set.of());
    }
}
