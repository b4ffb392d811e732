package hansa.policy;

/** A policy decision point (XACML 3.0, §2.1). Pure: the same question has the same answer. Thread-safe. */
@FunctionalInterface
public interface Pdp {

    Decision decide(AccessRequest request);
}
