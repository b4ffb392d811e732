package hansa.cloud;

import java.util.Optional;

/**
 * A network at a cloud.
 *
 * @param token empty for one that Hansa did not make
 * @param cidr the address range, for example {@code 10.0.2.0/24}
 * @param vlan 802.1q tag, 0 to 4095
 * @param publicAddresses whether an interface on it gives a machine an address that the outside reaches. It need not be a
 *     second card of the guest: where the cloud has floating (elastic) addresses, attaching an interface to this network takes
 *     one and points it at the machine, and detaching gives it back
 */
public record RemoteNetwork(
        RemoteId id,
        Optional<Token> token,
        String name,
        Optional<String> cidr,
        Optional<String> gateway,
        boolean dynamicAddresses,
        Optional<Integer> vlan,
        boolean active,
        boolean publicAddresses) {

    /** One without public addresses. */
    public RemoteNetwork(
            RemoteId id,
            Optional<Token> token,
            String name,
            Optional<String> cidr,
            Optional<String> gateway,
            boolean dynamicAddresses,
            Optional<Integer> vlan,
            boolean active) {
        this(id, token, name, cidr, gateway, dynamicAddresses, vlan, active, false);
    }
}
