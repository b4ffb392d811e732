package hansa.protocols.opennebula;

import java.util.Optional;

/** {@code STATE} of a virtual machine. OpenNebula has no number 7. */
public enum VmState {
    INIT(0),
    PENDING(1),
    HOLD(2),
    /** {@link LcmState} tells more. */
    ACTIVE(3),
    STOPPED(4),
    SUSPENDED(5),
    DONE(6),
    POWEROFF(8),
    UNDEPLOYED(9),
    CLONING(10),
    CLONING_FAILURE(11);

    private final int number;

    VmState(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** Empty for a number that a later version of OpenNebula may have given a meaning. */
    public static Optional<VmState> of(int number) {
        for (VmState state : values()) {
            if (state.number == number) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
