package hansa.federation.placement;

/**
 * Where one machine goes.
 *
 * @param localImage the cloud's own name of the image
 */
public record Seat(String site, String cloud, String flavour, String localImage) {}
