package hansa.federation.compute;

import hansa.federation.identity.Caller;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.util.List;
import java.util.OptionalLong;

/**
 * Networks. Thread-safe; answers from the store.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class NetworkService {

    /** Takes the wish; the cloud follows. */
    public Network create(Caller caller, NewNetwork wanted) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** @throws Failure {@code resource.not-found} */
    public Network get(Caller caller, NetworkId id) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** In the order asked for; ids that are not there, or not the caller's, are left out. */
    public List<Network> getAll(Caller caller, List<NetworkId> ids) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Which version there is. @throws Failure {@code resource.not-found} */
    public Stamp stamp(Caller caller, NetworkId id) {
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
    public Network update(Caller caller, NetworkId id, NetworkChange change, OptionalLong ifGeneration) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** It is {@code DELETING} at once; the cloud follows. */
    public void delete(Caller caller, NetworkId id) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** All of them or, when one cannot be deleted, none. */
    public void deleteAll(Caller caller, List<NetworkId> ids) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Makes it, or changes all of it that may change. */
    public Placed<Network> replace(Caller caller, NetworkId id, NewNetwork wanted) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Takes the wish. @throws Failure {@code action.wrong-state} naming the state and what is possible */
    public Network act(Caller caller, NetworkId id, NetworkAction action) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** All of them or none. */
    public List<Network> actAll(Caller caller, List<NetworkId> ids, NetworkAction action) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }
}
