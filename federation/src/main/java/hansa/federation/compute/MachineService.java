package hansa.federation.compute;

import hansa.federation.identity.Caller;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.util.List;
import java.util.OptionalLong;

/**
 * Virtual machines. Thread-safe; answers from the store, but for the console.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class MachineService {

    /** Takes the wish; the cloud follows. */
    public Machine create(Caller caller, NewMachine wanted) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** @throws Failure {@code resource.not-found} */
    public Machine get(Caller caller, MachineId id) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** In the order asked for; ids that are not there, or not the caller's, are left out. */
    public List<Machine> getAll(Caller caller, List<MachineId> ids) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Which version there is. @throws Failure {@code resource.not-found} */
    public Stamp stamp(Caller caller, MachineId id) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Which there are, by id. */
    public List<Stamp> stamps(Caller caller, Filter filter, Page page) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** How many there are. */
    public long count(Caller caller, Filter filter) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Changes it. @throws Failure {@code resource.changed} when it is not of that generation any more */
    public Machine update(Caller caller, MachineId id, MachineChange change, OptionalLong ifGeneration) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** It is {@code DELETING} at once; the cloud follows. */
    public void delete(Caller caller, MachineId id) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** All of them or, when one cannot be deleted, none. */
    public void deleteAll(Caller caller, List<MachineId> ids) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Makes it, or changes all of it that may change; links stay. */
    public Placed<Machine> replace(Caller caller, MachineId id, NewMachine wanted) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Takes the wish. @throws Failure {@code action.wrong-state} naming the state and what is possible */
    public Acted act(Caller caller, MachineId id, MachineAction action) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** All of them or none. */
    public List<Acted> actAll(Caller caller, List<MachineId> ids, MachineAction action) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Asks the cloud. @throws Failure {@code cloud.unsupported} */
    public hansa.cloud.Console.Output console(Caller caller, MachineId id, long offset, int maxBytes) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }
}
