package hansa.kernel.jobs;

import java.time.Duration;

/** What an attempt at a job came to. */
public sealed interface Outcome {

    /** Nothing is left to do, unless the job was scheduled again meanwhile. */
    record Done() implements Outcome {}

    /** It goes well and wants another look later; attempts start again at one. */
    record Again(Duration after) implements Outcome {}

    /** It failed in a way that may pass; backs off. */
    record Retry(String reason) implements Outcome {}

    Outcome DONE = new Done();
}
