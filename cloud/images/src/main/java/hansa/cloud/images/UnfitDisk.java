package hansa.cloud.images;

/** A disk file is not what it is declared to be, or is more than is taken; trying again changes nothing. */
public final class UnfitDisk extends Exception {

    /** @param message what is wrong with it, as the rest of a sentence that begins with "it"; without a full stop */
    public UnfitDisk(String message) {
        super(message);
    }

    /** The message. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
