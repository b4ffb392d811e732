package hansa.federation.compute;

import java.util.Optional;

/**
 * An interface that a machine shall get.
 *
 * @param network id or title of a network that the caller may use
 * @param mac a wish, {@code 52:54:00:xx:xx:xx}
 * @param address a wish for a static address inside the network
 */
public record NewNic(Optional<LinkId> id, String network, Optional<String> mac, Optional<String> address) {

    public static NewNic to(String network) {
        return new NewNic(Optional.empty(), network, Optional.empty(), Optional.empty());
    }
}
