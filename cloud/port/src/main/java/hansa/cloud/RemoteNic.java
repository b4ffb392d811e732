package hansa.cloud;

import java.util.List;
import java.util.Optional;

/**
 * A network interface of a machine at its cloud.
 *
 * @param token as ordered; empty for one that the cloud added by itself
 * @param device the guest's name of it where known, for example {@code eth0}
 * @param addresses IPv4 and IPv6 addresses in text form, possibly none yet
 * @param forwards how the guest's ports are reached where its addresses are not, for example on a closed network
 */
public record RemoteNic(
        RemoteId id,
        Optional<Token> token,
        RemoteId network,
        String device,
        String mac,
        Optional<String> gateway,
        List<String> addresses,
        List<Forward> forwards) {

    public RemoteNic {
        addresses = List.copyOf(addresses);
        forwards = List.copyOf(forwards);
    }

    /** An interface whose addresses are reached as they are. */
    public RemoteNic(
            RemoteId id,
            Optional<Token> token,
            RemoteId network,
            String device,
            String mac,
            Optional<String> gateway,
            List<String> addresses) {
        this(id, token, network, device, mac, gateway, addresses, List.of());
    }

    /**
     * A TCP port of the guest that the cloud publishes elsewhere.
     *
     * @param guestPort 1 to 65535
     * @param host name or address where it is published
     * @param port 1 to 65535
     */
    public record Forward(int guestPort, String host, int port) {}
}
