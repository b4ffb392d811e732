/** Metrics and health. */
@NullMarked
package hansa.kernel.telemetry;

import org.jspecify.annotations.NullMarked;
