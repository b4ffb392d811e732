package hansa.cloud;

import java.util.List;
import java.util.Optional;

/**
 * A network interface of a machine at its cloud.
 *
 * @param token as ordered; empty for one that the cloud added by itself
 * @param device the guest's name of it where known, for example {@code eth0}
 * @param addresses IPv4 and IPv6 addresses in text form, possibly none yet
 */
public record RemoteNic(
        RemoteId id,
        Optional<Token> token,
        RemoteId network,
        String device,
        String mac,
        Optional<String> gateway,
        List<String> addresses) {

    public RemoteNic {
        addresses = List.copyOf(addresses);
    }
}
