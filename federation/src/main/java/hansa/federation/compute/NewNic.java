package hansa.federation.compute;

import java.util.Optional;

/**
 * An interface that a machine shall get.
 *
 * @param network id or title of a network that the caller may use; empty text where any network with public addresses will
 *     do, of which the machine's cloud has one then
 * @param publicAddress whether the network has to have public addresses
 * @param mac a wish, {@code 52:54:00:xx:xx:xx}
 * @param address a wish for a static address inside the network
 */
public record NewNic(
        Optional<LinkId> id, String network, boolean publicAddress, Optional<String> mac, Optional<String> address) {

    public NewNic(Optional<LinkId> id, String network, Optional<String> mac, Optional<String> address) {
        this(id, network, false, mac, address);
    }

    public static NewNic to(String network) {
        return new NewNic(Optional.empty(), network, Optional.empty(), Optional.empty());
    }

    /** One that the outside reaches, on whatever network of the cloud gives such addresses. */
    public static NewNic reachable() {
        return new NewNic(Optional.empty(), "", true, Optional.empty(), Optional.empty());
    }
}
