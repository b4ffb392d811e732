/** Proof that one address that floods a node does not take it from the others. */
@NullMarked
package hansa.bench.limits;

import org.jspecify.annotations.NullMarked;
