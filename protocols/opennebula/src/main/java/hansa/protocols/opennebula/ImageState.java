package hansa.protocols.opennebula;

import java.util.Optional;

/** {@code STATE} of an image. */
public enum ImageState {
    INIT(0),
    READY(1),
    USED(2),
    DISABLED(3),
    LOCKED(4),
    ERROR(5),
    CLONE(6),
    DELETE(7),
    /** A persistent image, held by a machine. */
    USED_PERS(8),
    LOCKED_USED(9),
    LOCKED_USED_PERS(10);

    private final int number;

    ImageState(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** Empty for a number that a later version of OpenNebula may have given a meaning. */
    public static Optional<ImageState> of(int number) {
        for (ImageState state : values()) {
            if (state.number == number) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
