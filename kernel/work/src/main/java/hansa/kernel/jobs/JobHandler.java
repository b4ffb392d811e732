package hansa.kernel.jobs;

/**
 * Carries one wish out. Called on a virtual thread, may block, may be called again after a crash at any instant:
 * it looks at what is there before it acts. Interrupted when the node stops or has lost its hold of the job.
 */
@FunctionalInterface
public interface JobHandler {

    /**
     * One attempt. Something thrown counts as {@link Outcome.Retry} with the usual back-off.
     *
     * @param attempt 1 for the first since the job was last scheduled or made progress
     */
    Outcome run(String subject, int attempt);
}
