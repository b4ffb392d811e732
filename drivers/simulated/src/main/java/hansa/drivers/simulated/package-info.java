/** A cloud in memory with latencies, quotas and scripted faults. */
@NullMarked
package hansa.drivers.simulated;

import org.jspecify.annotations.NullMarked;
