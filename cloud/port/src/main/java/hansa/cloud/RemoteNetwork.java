package hansa.cloud;

import java.util.Optional;

/**
 * A network at a cloud.
 *
 * @param token empty for one that Hansa did not make
 * @param cidr the address range, for example {@code 10.0.2.0/24}
 * @param vlan 802.1q tag, 0 to 4095
 */
public record RemoteNetwork(
        RemoteId id,
        Optional<Token> token,
        String name,
        Optional<String> cidr,
        Optional<String> gateway,
        boolean dynamicAddresses,
        Optional<Integer> vlan,
        boolean active) {}
