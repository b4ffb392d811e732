package hansa.federation.sites;

import hansa.federation.identity.Caller;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.util.List;

/**
 * The sites, their clouds and flavours. Thread-safe; answers from the store.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Sites {

    /** Every site with its clouds. */
    public List<Site> sites(Caller caller) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Every configured cloud, in configured order. */
    public List<CloudEntry> clouds(Caller caller) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Every flavour, by name. */
    public List<Flavour> flavours(Caller caller) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** @throws Failure {@code resource.not-found} */
    public Flavour flavour(FlavourId id) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Adds a flavour for the free-form clouds; for operators. */
    public Flavour createFlavour(Caller caller, FlavourId id, String title, hansa.cloud.Size size) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Deletes an added one; for operators. */
    public void deleteFlavour(Caller caller, FlavourId id) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }
}
