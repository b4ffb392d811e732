package hansa.federation.images;

/**
 * What somebody has of images.
 *
 * @param bytes of their files at this node
 */
public record ImageUse(long images, long bytes) {}
