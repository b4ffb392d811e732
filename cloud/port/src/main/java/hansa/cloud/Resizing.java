package hansa.cloud;

import java.util.Optional;

/** Gives a machine another size. */
public non-sealed interface Resizing extends Facet {

    /**
     * Whether a running machine must be stopped first; then {@link #resize} on a running one is a
     * {@link CloudException.Conflict}.
     */
    boolean needsStop();

    /** The disk may grow, never shrink. Resizing to the size that it has is no error. */
    RemoteMachine resize(RemoteId machine, Size size, Optional<RemoteId> flavour);
}
