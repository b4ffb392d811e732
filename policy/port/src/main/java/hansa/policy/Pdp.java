package hansa.policy;

/** A policy decision point (XACML 3.0, §2.1). Pure: the same question has the same answer. Thread-safe. */
@FunctionalInterface
public interface Pdp {

    Decision decide(AccessRequest request);

    /** Whether an answer may be another one for a resource that differs in nothing but {@link AccessRequest.Resource#id}. */
    default boolean looksAtIds() {
        return true;
    }
}
