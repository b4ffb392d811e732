package hansa.federation.images;

/** Who may use an image that somebody brings. */
public enum Sharing {
    /** Its owner alone. */
    PRIVATE,
    /** The virtual organisation in whose name its owner acts. */
    ORGANISATION,
    /** Everybody; said by operators only. */
    EVERYBODY
}
