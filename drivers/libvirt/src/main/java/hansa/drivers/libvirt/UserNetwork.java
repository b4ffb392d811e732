package hansa.drivers.libvirt;

import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNetwork;
import java.util.Optional;

/**
 * QEMU's own network: needs no rights on the host, holds one machine alone, and is closed. The guest gets an address and
 * answers on its published ports; it reaches nothing.
 */
final class UserNetwork {

    static final RemoteId ID = new RemoteId("user");
    static final String CIDR = "10.0.2.0/24";
    /** What QEMU's DHCP gives to the one guest, always. */
    static final String GUEST_ADDRESS = "10.0.2.15";

    private UserNetwork() {}

    static RemoteNetwork describe() {
        return new RemoteNetwork(
                ID, Optional.empty(), "user", Optional.of(CIDR), Optional.empty(), true, Optional.empty(), true);
    }
}
