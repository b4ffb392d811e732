/** Durable work: jobs that outlive the process that started them. */
@NullMarked
package hansa.kernel.jobs;

import org.jspecify.annotations.NullMarked;
