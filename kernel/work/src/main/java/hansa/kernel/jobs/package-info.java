/**
 * Durable work: jobs that outlive the process that started them.
 *
 * <p>A capability writes what it wants and schedules the look at it in one unit of work,
 * {@code jobs.schedule(tx, "machine", id, now)}; the handler of the kind compares what is wanted with what is there, does the
 * next step, and says by its {@link hansa.kernel.jobs.Outcome} whether that was all. It may be cut off at any instant and
 * called again, so it looks before it acts.
 */
@NullMarked
package hansa.kernel.jobs;

import org.jspecify.annotations.NullMarked;
