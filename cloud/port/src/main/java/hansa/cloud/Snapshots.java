package hansa.cloud;

import java.time.Instant;
import java.util.List;

/** Points in a machine's life to which it can return. They live and die with the machine. */
public non-sealed interface Snapshots extends Facet {

    /** Idempotent by token. */
    Snapshot create(RemoteId machine, Token token, String name);

    List<Snapshot> list(RemoteId machine);

    /** @throws CloudException.NotFound where there is no such snapshot */
    void revert(RemoteId machine, RemoteId snapshot);

    /** One that is gone already is no error. */
    void delete(RemoteId machine, RemoteId snapshot);

    /** A snapshot of one machine. */
    record Snapshot(RemoteId id, Token token, String name, Instant taken) {}
}
