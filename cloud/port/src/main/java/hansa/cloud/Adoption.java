package hansa.cloud;

import java.util.List;

/**
 * Machines in our account that were there before Hansa, or beside it. They are shown, and taken over only where an operator says
 * so; whoever is not adopted is never touched.
 */
public non-sealed interface Adoption extends Facet {

    /** Every machine in our account that carries no token, in one call or one chain of pages. */
    List<RemoteMachine> others();

    /**
     * Leaves the token at a machine, so that from now on it is one of ours; changes nothing else of it. Idempotent by token.
     *
     * @throws CloudException.NotFound where there is none
     * @throws CloudException.Conflict where it carries another token
     */
    RemoteMachine adopt(RemoteId machine, Token token);

    /** Takes the token away again and leaves the machine as it is. One that carries none, or is gone, is no error. */
    void release(RemoteId machine);
}
