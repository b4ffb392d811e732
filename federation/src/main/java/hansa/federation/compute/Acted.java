package hansa.federation.compute;

import hansa.federation.images.ImageId;
import java.util.Optional;

/**
 * What came of an action on a machine.
 *
 * @param image the one that {@code save} announced
 */
public record Acted(Machine machine, Optional<ImageId> image) {}
