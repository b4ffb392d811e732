package hansa.cloud;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One cloud, opened with one account. What is here every cloud must have; everything else is a {@link Facet}.
 *
 * <p>Calls block, may come from many threads at once, and end within the driver's configured time limit: by answering,
 * or by a {@link CloudException}. After {@link CloudException.Unavailable} the caller does not know whether the call
 * took effect and asks again, by token where something was created. Nothing else is ever thrown for what a cloud does.
 *
 * <p>Life cycle: {@link CloudDriver#open} → {@link #recover} once → calls → {@link #close}. A cloud that is down when
 * it is opened is no reason to fail: calls answer {@code Unavailable} until it is back.
 */
public interface Cloud extends AutoCloseable {

    /** What the cloud offers now. */
    CloudDescription describe();

    /** Makes a machine and starts it. Idempotent by token. May answer while it is still {@code BUILDING}. */
    RemoteMachine create(MachineOrder order);

    /** The machine that was made with this token, also when it failed; empty when there is none (any more). */
    Optional<RemoteMachine> findByToken(Token token);

    /** @throws CloudException.NotFound where there is none */
    RemoteMachine read(RemoteId machine);

    /** Every machine that Hansa made here, in one call or one chain of pages. */
    List<RemoteMachine> list();

    /** Deletes it with its root disk, in any state. One that is gone already is no error. May take effect later. */
    void delete(RemoteId machine);

    /**
     * Does it, or starts doing it: the state shows when it is done. An action whose goal is reached already is no error.
     *
     * @throws CloudException.Conflict when the state does not allow it
     */
    void power(RemoteId machine, PowerAction action);

    /** The facet, where this cloud has it. */
    <F extends Facet> Optional<F> facet(Class<F> facet);

    /**
     * Finds its machines again after a restart of ours, and takes up whatever watching they need.
     *
     * @param known the tokens that the store remembers
     */
    Recovery recover(Set<Token> known);

    /** Lets go of connections. Machines keep running. */
    @Override
    void close();

    /**
     * What a driver found of what the store remembers.
     *
     * @param found known and there
     * @param missing known but not there
     * @param strangers there, with a token of ours that the store does not know
     */
    record Recovery(Set<Token> found, Set<Token> missing, Set<Token> strangers) {

        public Recovery {
            found = Set.copyOf(found);
            missing = Set.copyOf(missing);
            strangers = Set.copyOf(strangers);
        }

        /** @param there the tokens of all machines that Hansa made at the cloud */
        public static Recovery of(Set<Token> known, Collection<Token> there) {
            Set<Token> found = new HashSet<>(known);
            found.retainAll(there);
            Set<Token> missing = new HashSet<>(known);
            missing.removeAll(found);
            Set<Token> strangers = new HashSet<>(there);
            strangers.removeAll(known);
            return new Recovery(found, missing, strangers);
        }
    }
}
