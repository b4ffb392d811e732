package hansa.federation.sites;

import hansa.cloud.CloudName;
import hansa.cloud.RemoteId;
import hansa.cloud.Size;
import java.util.Optional;

/**
 * A flavour as it can be had.
 *
 * @param cloud empty = at every cloud that takes any size
 * @param remote the cloud's own flavour
 */
public record Offer(Optional<CloudName> cloud, Optional<RemoteId> remote, Size size) {}
