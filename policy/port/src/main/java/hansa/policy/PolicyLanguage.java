package hansa.policy;

import java.util.List;

/** Understands policies that people write. Thread-safe. */
@FunctionalInterface
public interface PolicyLanguage {

    /**
     * Makes one decision point of several documents, in which a denial overrides a permit.
     *
     * @throws BadPolicy for the first document that is not understood; then nothing of them is used
     */
    Pdp compile(List<PolicyDocument> documents) throws BadPolicy;
}
