package hansa.federation.audit;

/** Takes decisions down. Thread-safe. */
@FunctionalInterface
public interface Audit {

    /** For tests and trials: nothing is kept. */
    Audit NONE = _ -> {};

    /**
     * Returns when the decision is taken over, which is not yet on disk, see {@link AuditLog}.
     *
     * @throws hansa.kernel.base.Failure {@code store.unavailable} when nothing can be taken down; then nothing is allowed
     */
    void keep(AuditEntry entry);
}
