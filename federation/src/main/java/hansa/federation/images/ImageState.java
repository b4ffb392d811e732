package hansa.federation.images;

/** How far an image is. */
public enum ImageState {
    /** Announced; being fetched or saved. */
    PENDING,
    READY,
    /** Will not become ready; the message says why. */
    ERROR,
    DELETING
}
