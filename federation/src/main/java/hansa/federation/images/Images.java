package hansa.federation.images;

import hansa.federation.identity.Caller;
import hansa.federation.listing.Page;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.util.List;

/**
 * The images. Thread-safe; answers from the store.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Images {

    /** Announces an image; it is fetched and checked afterwards. */
    public Image register(Caller caller, NewImage image) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** @throws Failure {@code resource.not-found} */
    public Image get(Caller caller, ImageId id) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** What the caller may use, by id. */
    public List<Image> list(Caller caller, Page page) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** How many {@link #list} has in all. */
    public long count(Caller caller) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Deletes a registered or saved image. */
    public void delete(Caller caller, ImageId id) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }
}
