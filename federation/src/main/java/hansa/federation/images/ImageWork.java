package hansa.federation.images;

import java.util.Optional;

/**
 * What the job of an image remembers beside the public record.
 *
 * @param origin where it comes from
 * @param wantedSize what the file must have
 * @param wantedSha512 what the file must have
 * @param fetchInside whether its source may be inside our own network
 */
record ImageWork(Origin origin, Optional<Long> wantedSize, Optional<String> wantedSha512, boolean fetchInside) {

    enum Origin {
        /** A cloud brings it. */
        NATIVE,
        /** Somebody registered its source. */
        REGISTERED,
        /** Its owner sent it. */
        UPLOADED,
        /** It was made of a machine. */
        SAVED
    }
}
