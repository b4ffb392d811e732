/** Benchmarks. */
@NullMarked
package hansa.bench;

import org.jspecify.annotations.NullMarked;
