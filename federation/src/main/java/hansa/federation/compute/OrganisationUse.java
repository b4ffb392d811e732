package hansa.federation.compute;

import hansa.federation.caller.Caller;
import hansa.federation.vos.Limits;
import hansa.federation.vos.OrganisationQuotas;
import hansa.kernel.store.Store;

/** Shows what virtual organisations may have and what they have of it. Thread-safe; answers from the store. */
public final class OrganisationUse {

    private final Store store;
    private final OrganisationQuotas quotas;

    OrganisationUse(Store store, OrganisationQuotas quotas) {
        this.store = store;
        this.quotas = quotas;
    }

    /**
     * Limits and use.
     *
     * @param used by all members
     * @param own by the caller
     */
    public record Report(Limits limits, Used used, Used own) {}

    /** What quotas limit; sizes in MiB. */
    public record Used(long machines, long cores, long memoryMib, long volumes, long volumeMib, long networks) {

        private static Used of(QuotaUse.Amount amount) {
            return new Used(
                    amount.machines(),
                    amount.cores(),
                    amount.memoryMib(),
                    amount.volumes(),
                    amount.volumeMib(),
                    amount.networks());
        }
    }

    /** For members. @throws hansa.kernel.base.Failure {@code resource.not-found}, {@code policy.denied} */
    public Report of(Caller caller, String vo) {
        Limits limits = quotas.get(caller, vo);
        return store.read(sql ->
                new Report(limits, Used.of(QuotaUse.used(sql, vo, "")), Used.of(QuotaUse.used(sql, vo, caller.id()))));
    }
}
