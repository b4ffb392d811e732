/**
 * Kills a node again and again in the middle of its work, and holds what is there afterwards against what it had
 * acknowledged.
 */
@NullMarked
package hansa.bench.crash;

import org.jspecify.annotations.NullMarked;
