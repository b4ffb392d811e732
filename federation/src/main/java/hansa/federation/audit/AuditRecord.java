package hansa.federation.audit;

/**
 * A decision at its place in the chain.
 *
 * @param sequence counts from 1 in the life of a node's log
 * @param previous SHA-256 of the line before, without its end, in lower-case hexadecimal; zeros in the first record
 */
public record AuditRecord(long sequence, String previous, AuditEntry entry) {

    static final String NOTHING = "0".repeat(64);
}
