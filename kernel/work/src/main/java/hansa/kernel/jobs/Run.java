package hansa.kernel.jobs;

/**
 * One claimed job that is being run here.
 *
 * @param lane whose place it has
 * @param number counts the runs of the job; who does not know the latest cannot end it
 */
record Run(String kind, String lane, String subject, int attempt, long number) {}
