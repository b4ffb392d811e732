package hansa.federation.compute;

import hansa.federation.identity.Caller;
import hansa.federation.listing.Page;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.util.List;

/**
 * User-defined tags. Thread-safe; answers from the store.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class TagService {

    /** @throws Failure {@code resource.exists} */
    public Tag create(Caller caller, String id, String title, String location, java.util.Optional<String> related) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** @throws Failure {@code category.unknown} */
    public Tag get(Caller caller, String id) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** The caller's tags; everybody's for operators. */
    public List<Tag> list(Caller caller) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Deletes it and takes it off what carries it. */
    public void delete(Caller caller, String id) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** What carries it, by id. */
    public List<Member> members(Caller caller, String id, Page page) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** All of them or none. */
    public void add(Caller caller, String id, List<Member> members) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Those that do not carry it are no error. */
    public void remove(Caller caller, String id, List<Member> members) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Afterwards exactly these carry it. */
    public void replace(Caller caller, String id, List<Member> members) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }
}
