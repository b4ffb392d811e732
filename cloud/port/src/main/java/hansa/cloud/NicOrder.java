package hansa.cloud;

import java.util.Optional;

/**
 * A network interface that a machine shall get.
 *
 * @param token marks the interface at the cloud, so that a repeated attach finds it
 * @param network one of the cloud's networks
 * @param mac a wish, in the form {@code 52:54:00:xx:xx:xx}; the cloud may not take wishes
 * @param address a wish for a static address inside the network
 */
public record NicOrder(Token token, RemoteId network, Optional<String> mac, Optional<String> address) {}
