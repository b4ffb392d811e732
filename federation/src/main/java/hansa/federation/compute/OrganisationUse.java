package hansa.federation.compute;

import hansa.federation.caller.Caller;
import hansa.federation.images.ImageUse;
import hansa.federation.images.Images;
import hansa.federation.vos.Limits;
import hansa.federation.vos.OrganisationQuotas;
import hansa.kernel.store.Store;
import java.util.Optional;

/** Shows what virtual organisations may have and what they have of it. Thread-safe; answers from the store. */
public final class OrganisationUse {

    private static final long MIB = 1L << 20;

    private final Store store;
    private final OrganisationQuotas quotas;
    private final Images images;

    OrganisationUse(Store store, OrganisationQuotas quotas, Images images) {
        this.store = store;
        this.quotas = quotas;
        this.images = images;
    }

    /**
     * Limits and use.
     *
     * @param used by all members
     * @param own by the caller
     */
    public record Report(Limits limits, Used used, Used own) {}

    /** What quotas limit; sizes in MiB. */
    public record Used(
            long machines,
            long cores,
            long memoryMib,
            long volumes,
            long volumeMib,
            long networks,
            long images,
            long imageMib) {

        private static Used of(QuotaUse.Amount amount, ImageUse images) {
            return new Used(
                    amount.machines(),
                    amount.cores(),
                    amount.memoryMib(),
                    amount.volumes(),
                    amount.volumeMib(),
                    amount.networks(),
                    images.images(),
                    (images.bytes() + MIB - 1) / MIB);
        }
    }

    /** For members. @throws hansa.kernel.base.Failure {@code resource.not-found}, {@code policy.denied} */
    public Report of(Caller caller, String vo) {
        Limits limits = quotas.get(caller, vo);
        return store.read(sql -> new Report(
                limits,
                Used.of(QuotaUse.used(sql, vo, ""), images.use(sql, vo, Optional.empty())),
                Used.of(QuotaUse.used(sql, vo, caller.id()), images.use(sql, vo, Optional.of(caller.id())))));
    }
}
